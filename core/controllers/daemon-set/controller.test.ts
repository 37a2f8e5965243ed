import { expect, it } from 'vitest';
import { controllerRevisions, daemonSets, nodes, pods } from '../../api/resources.js';
import type { Draft } from '../../api/resource.js';
import type { DaemonSet, DaemonSetSpec, Pod } from '../../api/types.js';
import { ControllerWorld, type WorldOptions } from '../../../test/fakes/controller-world.js';
import { DaemonSetController } from './controller.js';
import { targetNode } from './daemon-pod.js';

const key = { namespace: 'default', name: 'agent' };
const template = (image: string, spec = {}) => ({ metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'c', image }], ...spec } });
const agent = (spec: Partial<DaemonSetSpec> = {}): Draft<DaemonSet> => ({
  metadata: { name: 'agent', namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'agent' } }, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } }, template: template('a:1'), ...spec },
});

/** Binds at once, as the scheduler would. */
async function world(names: readonly string[], options: Partial<WorldOptions> = {}): Promise<ControllerWorld> {
  const here = await ControllerWorld.start({ controllers: (dependencies) => [new DaemonSetController(dependencies)], ...options });
  here.client.watch(pods, ({ type, object }) => {
    const nodeName = targetNode(object);
    if (type === 'ADDED' && nodeName !== undefined) queueMicrotask(() => { void here.client.update(pods, { ...object, spec: { ...object.spec, nodeName } }).catch(() => undefined); });
  });
  for (const name of names) await here.nodes.add(name, { labels: { kind: 'device' } });
  return here;
}
const mine = ({ client }: ControllerWorld): readonly Pod[] => client.list(pods);
const placed = (here: ControllerWorld): readonly string[] => mine(here).filter(({ metadata }) => metadata.deletionTimestamp === undefined).map(({ spec }) => `${spec.nodeName ?? '?'} ${spec.containers[0]?.image ?? ''}`).sort();
const status = ({ client }: ControllerWorld) => client.get(daemonSets, key)?.status;
const change = async (here: ControllerWorld, spec: Partial<DaemonSetSpec>): Promise<void> => {
  const before = here.client.get(daemonSets, key);
  if (!before) throw new Error('no daemon set');
  await here.client.update(daemonSets, { ...before, spec: { ...before.spec, ...spec } });
  await here.settled();
};

it('puts one pod on every node, also on one that comes later, with the standard tolerations', async () => {
  const here = await world(['n1', 'n2']);
  await here.client.create(daemonSets, agent());
  await here.pass(2000);
  await here.nodes.add('n3');
  await here.pass(2000);
  expect(placed(here)).toEqual(['n1 a:1', 'n2 a:1', 'n3 a:1']);
  expect(status(here)).toEqual({ currentNumberScheduled: 3, numberMisscheduled: 0, desiredNumberScheduled: 3, numberReady: 3, observedGeneration: 1, updatedNumberScheduled: 3, numberAvailable: 3, numberUnavailable: 0 });
  expect(mine(here)[0]?.spec.tolerations).toContainEqual({ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' });
  expect(here.client.list(controllerRevisions)).toMatchObject([{ revision: 1, metadata: { labels: { app: 'agent' } } }]);
  expect(here.log.at('warn')).toEqual([]);
  await here.stop();
});

it('follows the labels of nodes', async () => {
  const here = await world(['n1', 'n2']);
  await here.client.create(daemonSets, agent({ template: template('a:1', { nodeSelector: { colour: 'blue' } }) }));
  await here.pass(1000);
  expect(placed(here)).toEqual([]);
  const paint = async (colour: string): Promise<void> => {
    const node = here.client.get(nodes, { name: 'n2' });
    if (node) await here.client.update(nodes, { ...node, metadata: { ...node.metadata, labels: { ...node.metadata.labels, colour } } });
    await here.pass(1000);
  };
  await paint('blue');
  expect(placed(here)).toEqual(['n2 a:1']);
  await paint('green');
  expect(placed(here)).toEqual([]);
  await here.stop();
});

it('rolls within maxUnavailable, keeps the history, and goes back', async () => {
  const here = await world(['n1', 'n2', 'n3']);
  await here.client.create(daemonSets, agent());
  await here.pass(2000);
  await change(here, { template: template('a:2') });
  for (let step = 0; step < 30; step += 1) {
    expect(mine(here).filter((pod) => pod.metadata.deletionTimestamp === undefined && pod.status?.conditions?.[0]?.status === 'True').length).toBeGreaterThanOrEqual(2);
    await here.pass(250);
  }
  expect(placed(here)).toEqual(['n1 a:2', 'n2 a:2', 'n3 a:2']);
  await change(here, { template: template('a:1') });
  await here.pass(10_000);
  expect(placed(here)).toEqual(['n1 a:1', 'n2 a:1', 'n3 a:1']);
  expect(here.client.list(controllerRevisions).map(({ revision }) => revision).sort()).toEqual([2, 3]);
  await here.stop();
});

it('a node out of sight holds up nobody, keeps its pod, and follows when it is back', async () => {
  const here = await world(['n1', 'n2', 'n3']);
  await here.client.create(daemonSets, agent());
  await here.pass(2000);
  const before = mine(here).find(({ spec }) => spec.nodeName === 'n1')?.metadata.uid;
  await here.nodes.setReady('n1', 'Unknown');
  await change(here, { template: template('a:2') });
  await here.pass(10_000);
  expect(placed(here)).toEqual(['n1 a:1', 'n2 a:2', 'n3 a:2']);
  expect(mine(here).find(({ spec }) => spec.nodeName === 'n1')?.metadata.uid).toBe(before);
  expect(status(here)).toMatchObject({ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2, numberMisscheduled: 0 });
  expect(status(here)?.conditions).toMatchObject([{ type: 'NodesUnreachable', message: '1 node(s) cannot be reached and are not counted: n1' }]);
  await change(here, { template: template('a:3') });
  await here.pass(10_000);
  await here.nodes.setReady('n1', 'True');
  await here.pass(10_000);
  expect(placed(here)).toEqual(['n1 a:3', 'n2 a:3', 'n3 a:3']);
  expect(status(here)?.conditions).toBeUndefined();
  await here.stop();
});

it('stops at a version that does not work', async () => {
  const here = await world(['n1', 'n2', 'n3'], { readyAfterMs: (pod) => (pod.spec.containers[0]?.image === 'a:404' ? undefined : 0) });
  await here.client.create(daemonSets, agent());
  await here.pass(2000);
  await change(here, { template: template('a:404') });
  await here.pass(60_000);
  expect(placed(here).filter((text) => text.endsWith('a:404'))).toHaveLength(1);
  await here.stop();
});

it('surges: the old pod goes when the new one works', async () => {
  const here = await world(['n1', 'n2']);
  await here.client.create(daemonSets, agent({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } }));
  await here.pass(2000);
  await change(here, { template: template('a:2') });
  expect(placed(here)).toHaveLength(3);
  for (let step = 0; step < 20; step += 1) {
    const ready = mine(here).filter((pod) => pod.metadata.deletionTimestamp === undefined && pod.status?.conditions?.[0]?.status === 'True');
    expect(new Set(ready.map(({ spec }) => spec.nodeName)).size).toBe(2);
    await here.pass(250);
  }
  expect(placed(here)).toEqual(['n1 a:2', 'n2 a:2']);
  await here.stop();
});

it('OnDelete: only what is deleted comes back new', async () => {
  const here = await world(['n1', 'n2']);
  await here.client.create(daemonSets, agent({ updateStrategy: { type: 'OnDelete' } }));
  await here.pass(2000);
  await change(here, { template: template('a:2') });
  await here.pass(5000);
  expect(placed(here)).toEqual(['n1 a:1', 'n2 a:1']);
  await here.client.delete(pods, { namespace: 'default', name: mine(here).find(({ spec }) => spec.nodeName === 'n2')?.metadata.name ?? '' });
  await here.pass(5000);
  expect(placed(here)).toEqual(['n1 a:1', 'n2 a:2']);
  await here.stop();
});

it('replaces failed pods, more and more patiently', async () => {
  const here = await world(['n1']);
  await here.client.create(daemonSets, agent());
  const made: number[] = [];
  here.client.watch(pods, ({ type }) => { if (type === 'ADDED') made.push(here.clock.monotonic()); });
  await here.settled();
  for (let step = 0; step < 200; step += 1) {
    for (const pod of mine(here)) if (pod.status?.phase === 'Running') await here.nodes.fail(pod);
    await here.pass(100);
  }
  const gaps = made.slice(1).map((at, index) => at - (made[index] ?? 0));
  expect(gaps.length).toBeLessThan(8);
  expect(gaps.at(-1)).toBeGreaterThan(gaps[1] ?? 0);
  expect(here.events.lines.some((line) => /^Warning FailedDaemonPod default\/agent: Found failed daemon pod default\/agent-\w{5} on node n1, will try to kill it$/.test(line))).toBe(true);
  await here.stop();
});
