import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/types.js';
import { decideLog } from './log.js';

const plain = { follow: false, previous: false, timestamps: false };
const container = (name: string) => ({ name });
const pod = (names: readonly string[], containerStatuses: NonNullable<Pod['status']>['containerStatuses'] = [], init: readonly string[] = []): Pod => ({
  metadata: { name: 'p2', namespace: 'default', uid: 'u', resourceVersion: '1', creationTimestamp: '' },
  spec: { nodeName: 'n1', containers: names.map(container), ...(init.length === 0 ? {} : { initContainers: init.map(container) }) },
  status: { containerStatuses },
});
const status = (name: string, state: object, lastState?: object) => ({ name, state, ...(lastState === undefined ? {} : { lastState }), ready: true, restartCount: 0, image: '', imageID: '' });
const running = (name: string) => status(name, { running: {} });

describe('decideLog', () => {
  it('takes the only container, and reckons since', () => {
    expect(decideLog(pod(['a'], [running('a')]), { ...plain, sinceSeconds: 10, tailLines: 5 }, 20_000)).toEqual({ ...plain, container: 'a', since: 10_000, tailLines: 5 });
    expect(decideLog(pod(['a'], [running('a')]), { ...plain, sinceTime: '1970-01-01T00:00:07Z' }, 0)).toMatchObject({ since: 7000 });
  });

  it.each<[string, Pod, Partial<Parameters<typeof decideLog>[1]>, string]>([
    ['several containers', pod(['a', 'b']), {}, 'a container name must be specified for pod p2, choose one of: [a b]'],
    ['init containers', pod(['a', 'b'], [], ['i']), {}, 'a container name must be specified for pod p2, choose one of: [a b] or one of the init containers: [i]'],
    ['no such container', pod(['a']), { container: 'x' }, 'container x is not valid for pod p2'],
    ['no previous', pod(['a'], [running('a')]), { previous: true }, 'previous terminated container "a" in pod "p2" not found'],
    ['waiting', pod(['a'], [status('a', { waiting: { reason: 'ContainerCreating' } })]), {}, 'container "a" in pod "p2" is waiting to start: ContainerCreating'],
    ['image', pod(['a'], [status('a', { waiting: { reason: 'ImagePullBackOff' } })]), {}, 'container "a" in pod "p2" is waiting to start: trying and failing to pull image'],
    ['not reported yet', pod(['a']), {}, 'container "a" in pod "p2" is waiting to start: ContainerCreating'],
    ['tail', pod(['a']), { tailLines: -1 }, 'PodLogOptions "" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0'],
    ['both since', pod(['a']), { sinceSeconds: 1, sinceTime: '2026-01-01T00:00:00Z' }, 'at most one of `sinceTime` or `sinceSeconds` may be specified'],
    ['bad time', pod(['a'], [running('a')]), { sinceTime: 'yesterday' }, 'sinceTime: invalid value "yesterday"'],
  ])('refuses: %s', (_what, which, parameters, message) => {
    expect(() => decideLog(which, { ...plain, ...parameters }, 0)).toThrow(message);
  });

  it('reads a container that crashed and waits to run again', () => {
    const crashed = status('a', { waiting: { reason: 'CrashLoopBackOff' } }, { terminated: { exitCode: 1 } });
    expect(decideLog(pod(['a'], [crashed]), plain, 0)).toMatchObject({ container: 'a' });
    expect(decideLog(pod(['a'], [crashed]), { ...plain, previous: true }, 0)).toMatchObject({ previous: true });
  });

  it('has nothing to read of a pod without a node', () => {
    expect(decideLog({ ...pod(['a']), spec: { containers: [container('a')] } }, plain, 0)).toBeUndefined();
  });
});
