import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/resource.js';
import { planWatch, watchEvent } from './watch.js';

const object = (version: string, app: string): KubeObject =>
  ({ metadata: { name: 'p', uid: 'u', resourceVersion: version, creationTimestamp: '', labels: { app } } });
const isWeb = ({ metadata }: KubeObject): boolean => metadata.labels?.['app'] === 'web';

describe('watchEvent', () => {
  it('turns entering and leaving a selector into ADDED and DELETED', () => {
    const [web, other] = [object('1', 'web'), object('2', 'other')];
    expect(watchEvent({ type: 'MODIFIED', object: other, previous: web, revision: 2 }, isWeb)).toEqual({ type: 'DELETED', object: { ...web, metadata: { ...web.metadata, resourceVersion: '2' } } });
    expect(watchEvent({ type: 'MODIFIED', object: web, previous: other, revision: 2 }, isWeb)).toEqual({ type: 'ADDED', object: web });
    expect(watchEvent({ type: 'MODIFIED', object: web, previous: web, revision: 2 }, isWeb)).toEqual({ type: 'MODIFIED', object: web });
    expect(watchEvent({ type: 'MODIFIED', object: other, previous: other, revision: 2 }, isWeb)).toBeUndefined();
  });

  it('passes on what is made and deleted within it', () => {
    expect(watchEvent({ type: 'ADDED', object: object('1', 'other'), revision: 1 }, isWeb)).toBeUndefined();
    expect(watchEvent({ type: 'DELETED', object: object('2', 'web'), previous: object('1', 'web'), revision: 2 }, isWeb)?.type).toBe('DELETED');
    expect(watchEvent({ type: 'DELETED', object: object('2', 'other'), revision: 2 }, isWeb)).toBeUndefined();
  });
});

describe('planWatch', () => {
  const plain = { allowWatchBookmarks: false };

  it('replays without a revision and with 0, and not with another', () => {
    expect(planWatch(plain, 9)).toEqual({ replay: true, since: 9, markEnd: false });
    expect(planWatch({ ...plain, resourceVersion: '0' }, 9)).toEqual({ replay: true, since: 9, markEnd: false });
    expect(planWatch({ ...plain, resourceVersion: '7' }, 9)).toEqual({ replay: false, since: 7, markEnd: false });
  });

  it('marks the end of a watch-list', () => {
    expect(planWatch({ allowWatchBookmarks: true, sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }, 9)).toEqual({ replay: true, since: 9, markEnd: true });
  });

  it('refuses combinations as Kubernetes does', () => {
    expect(() => planWatch({ allowWatchBookmarks: true, sendInitialEvents: true }, 9)).toThrow('ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
    expect(() => planWatch({ ...plain, resourceVersionMatch: 'Exact' }, 9)).toThrow(expect.objectContaining({ reason: 'Invalid' }));
    expect(() => planWatch({ ...plain, resourceVersion: 'x' }, 9)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
    expect(() => planWatch({ ...plain, resourceVersion: '10' }, 9)).toThrow(expect.objectContaining({ reason: 'Expired' }));
  });
});
