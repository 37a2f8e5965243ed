import { expect, it } from 'vitest';
import { pods, replicaSets } from '../../api/resources.js';
import type { Draft } from '../../api/resource.js';
import type { Pod, ReplicaSet } from '../../api/types.js';
import { ControllerWorld } from '../../../test/fakes/controller-world.js';
import { ReplicaSetController } from './controller.js';

const web = (replicas: number): Draft<ReplicaSet> => ({
  metadata: { name: 'web', namespace: 'default' },
  spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }], nodeName: 'n1' } } },
});
const key = { namespace: 'default', name: 'web' };
const world = (): Promise<ControllerWorld> => ControllerWorld.start({ controllers: (dependencies) => [new ReplicaSetController(dependencies)] });
const mine = ({ client }: ControllerWorld): readonly Pod[] => client.list(pods, { labels: { app: 'web' } });

it('makes fifty pods, counts them, and says so', async () => {
  const here = await world();
  await here.client.create(replicaSets, web(50));
  await here.pass(1000);
  expect(mine(here)).toHaveLength(50);
  expect(here.client.get(replicaSets, key)?.status).toMatchObject({ replicas: 50, readyReplicas: 50, availableReplicas: 50, fullyLabeledReplicas: 50, observedGeneration: 1 });
  expect(here.events.lines).toContain(`Normal SuccessfulCreate default/web: Created pod: ${mine(here)[0]?.metadata.name ?? ''}`);
  await here.stop();
});

it('replaces a deleted pod at once, and scales to nothing', async () => {
  const here = await world();
  const made = await here.client.create(replicaSets, web(3));
  await here.pass(1000);
  const [first] = mine(here);
  await here.client.delete(pods, { namespace: 'default', name: first?.metadata.name ?? '' });
  await here.settled();
  expect(mine(here).filter(({ metadata }) => metadata.deletionTimestamp === undefined)).toHaveLength(3);
  await here.pass(1000);
  expect(mine(here)).toHaveLength(3);
  await here.client.update(replicaSets, { ...made, metadata: { ...made.metadata, resourceVersion: '' }, spec: { ...made.spec, replicas: 0 } });
  await here.pass(1000);
  expect(mine(here)).toHaveLength(0);
  expect(here.client.get(replicaSets, key)?.status?.replicas).toBe(0);
  await here.stop();
});

it('adopts an orphan instead of making one more, and releases what it does not select any more', async () => {
  const here = await world();
  await here.client.create(pods, { metadata: { name: 'stray', namespace: 'default', labels: { app: 'web' } }, spec: { containers: [], nodeName: 'n1' } });
  await here.client.create(replicaSets, web(1));
  await here.pass(1000);
  expect(mine(here).map(({ metadata }) => metadata.name)).toEqual(['stray']);
  const stray = mine(here)[0];
  expect(stray?.metadata.ownerReferences?.[0]).toMatchObject({ kind: 'ReplicaSet', name: 'web', controller: true, blockOwnerDeletion: true });
  if (stray) await here.client.update(pods, { ...stray, metadata: { ...stray.metadata, labels: { app: 'other' } } });
  await here.pass(1000);
  expect(here.client.get(pods, { namespace: 'default', name: 'stray' })?.metadata.ownerReferences ?? []).toEqual([]);
  expect(mine(here)).toHaveLength(1);
  await here.stop();
});

it('counts a pod available only after minReadySeconds', async () => {
  const here = await world();
  const draft = web(1);
  await here.client.create(replicaSets, { ...draft, spec: { ...draft.spec, minReadySeconds: 30 } });
  await here.pass(2000);
  expect(here.client.get(replicaSets, key)?.status).toMatchObject({ readyReplicas: 1, availableReplicas: 0 });
  await here.pass(30_000);
  expect(here.client.get(replicaSets, key)?.status).toMatchObject({ availableReplicas: 1 });
  await here.stop();
});

it('tells of a refusal in event and condition, and goes on when it is over', async () => {
  const here = await world();
  here.client.journal.failNext();
  await here.client.create(replicaSets, web(2)).catch(() => undefined);
  await here.client.create(replicaSets, web(2));
  here.client.journal.failNext();
  await here.settled();
  expect(here.events.lines.some((line) => line.startsWith('Warning FailedCreate default/web: Error creating: '))).toBe(true);
  await here.pass(2000);
  expect(here.client.get(replicaSets, key)?.status).toMatchObject({ readyReplicas: 2 });
  expect(here.client.get(replicaSets, key)?.status?.conditions).toBeUndefined();
  await here.stop();
});
