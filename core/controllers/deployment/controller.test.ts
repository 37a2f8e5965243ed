import { expect, it } from 'vitest';
import { deployments, pods, replicaSets } from '../../api/resources.js';
import type { Draft } from '../../api/resource.js';
import type { Deployment, DeploymentSpec, Pod, ReplicaSet } from '../../api/types.js';
import { ControllerWorld, type WorldOptions } from '../../../test/fakes/controller-world.js';
import { ReplicaSetController } from '../replica-set/controller.js';
import { DeploymentController } from './controller.js';

const key = { namespace: 'default', name: 'web' };
const web = (spec: Partial<DeploymentSpec> = {}): Draft<Deployment> => ({
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 3, selector: { matchLabels: { app: 'web' } }, progressDeadlineSeconds: 600, revisionHistoryLimit: 10,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx:1' }], nodeName: 'n1' } }, ...spec,
  },
});
const world = (options: Partial<WorldOptions> = {}): Promise<ControllerWorld> =>
  ControllerWorld.start({ controllers: (dependencies) => [new ReplicaSetController(dependencies), new DeploymentController(dependencies)], ...options });

const stored = ({ client }: ControllerWorld): Deployment => {
  const found = client.get(deployments, key);
  if (!found) throw new Error('no deployment');
  return found;
};
const change = async (here: ControllerWorld, spec: Partial<DeploymentSpec>): Promise<void> => {
  const before = stored(here);
  await here.client.update(deployments, { ...before, spec: { ...before.spec, ...spec } });
  await here.settled();
};
const image = (image: string): Partial<DeploymentSpec> => ({ template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }], nodeName: 'n1' } } });
const images = ({ client }: ControllerWorld): string[] => client.list(pods).map((pod: Pod) => pod.spec.containers[0]?.image ?? '');
const sets = ({ client }: ControllerWorld): readonly ReplicaSet[] => client.list(replicaSets);
const condition = (here: ControllerWorld, type: string) => stored(here).status?.conditions?.find((candidate) => candidate.type === type);

it('brings pods up, and says when it has', async () => {
  const here = await world();
  await here.client.create(deployments, web());
  await here.settled();
  expect(condition(here, 'Available')).toMatchObject({ status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.' });
  await here.pass(2000);
  expect(stored(here).status).toMatchObject({ observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3, unavailableReplicas: 0 });
  const name = sets(here)[0]?.metadata.name ?? '';
  expect(name).toMatch(/^web-[a-z0-9]+$/);
  expect(sets(here)[0]).toMatchObject({ spec: { selector: { matchLabels: { 'pod-template-hash': name.slice(4) } } }, metadata: { annotations: { 'deployment.kubernetes.io/revision': '1' } } });
  expect(stored(here).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
  expect(condition(here, 'Progressing')).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable', message: `ReplicaSet "${name}" has successfully progressed.` });
  expect(condition(here, 'Available')).toMatchObject({ status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' });
  expect(here.events.lines).toContain(`Normal ScalingReplicaSet default/web: Scaled up replica set ${name} from 0 to 3`);
  expect(here.log.at('warn')).toEqual([]);
  await here.stop();
});

it('rolls one by one, never fewer than three ready and never more than four', async () => {
  const here = await world();
  await here.client.create(deployments, web());
  await here.pass(2000);
  await change(here, image('nginx:2'));
  for (let step = 0; step < 40; step += 1) {
    const live = here.client.list(pods).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    expect(live.length).toBeLessThanOrEqual(4);
    expect(live.filter(({ status }) => status?.conditions?.[0]?.status === 'True').length).toBeGreaterThanOrEqual(3);
    await here.pass(250);
  }
  expect(images(here)).toEqual(['nginx:2', 'nginx:2', 'nginx:2']);
  expect(sets(here).map(({ spec, metadata }) => [metadata.annotations?.['deployment.kubernetes.io/revision'], spec.replicas]).sort()).toEqual([['1', 0], ['2', 3]]);
  expect(condition(here, 'Progressing')?.reason).toBe('NewReplicaSetAvailable');
  await here.stop();
});

it('goes back as kubectl undo does, under a new revision', async () => {
  const here = await world();
  await here.client.create(deployments, web());
  await here.pass(2000);
  await change(here, image('nginx:2'));
  await here.pass(10_000);
  await change(here, image('nginx:1'));
  await here.pass(10_000);
  expect(images(here)).toEqual(['nginx:1', 'nginx:1', 'nginx:1']);
  expect(stored(here).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
  expect(sets(here).map(({ metadata }) => metadata.annotations?.['deployment.kubernetes.io/revision']).sort()).toEqual(['2', '3']);
  expect(sets(here).find(({ spec }) => spec.replicas === 3)?.metadata.annotations?.['deployment.kubernetes.io/revision-history']).toBe('1');
  await here.stop();
});

it('Recreate: nothing of the new before all of the old is gone', async () => {
  const here = await world({ stopAfterMs: 5000 });
  await here.client.create(deployments, web({ strategy: { type: 'Recreate' } }));
  await here.pass(2000);
  await change(here, image('nginx:2'));
  await here.pass(4000);
  expect(images(here)).toEqual(['nginx:1', 'nginx:1', 'nginx:1']);
  await here.pass(1000);
  expect(images(here)).toEqual(['nginx:2', 'nginx:2', 'nginx:2']);
  await here.stop();
});

it('Recreate: a pod being deleted on a node out of sight holds up nobody', async () => {
  const here = await world({ stopAfterMs: 5000 });
  await here.nodes.add('n1');
  await here.client.create(deployments, web({ replicas: 1, strategy: { type: 'Recreate' } }));
  await here.pass(2000);
  await here.nodes.setReady('n1', 'Unknown');
  await change(here, image('nginx:2'));
  await here.pass(1000);
  expect(images(here).sort()).toEqual(['nginx:1', 'nginx:2']);
  await here.stop();
});

it('tells when the deadline has passed, and takes it back when it comes about after all', async () => {
  let ready = false;
  const here = await world({ readyAfterMs: () => (ready ? 0 : undefined) });
  await here.client.create(deployments, web({ progressDeadlineSeconds: 10 }));
  await here.pass(9000);
  expect(condition(here, 'Progressing')?.reason).toBe('ReplicaSetUpdated');
  await here.pass(4000);
  const name = sets(here)[0]?.metadata.name ?? '';
  expect(condition(here, 'Progressing')).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded', message: `ReplicaSet "${name}" has timed out progressing.` });
  ready = true;
  await change(here, image('nginx:2'));
  await here.pass(2000);
  expect(condition(here, 'Progressing')).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' });
  await here.stop();
});

it('paused: scales, but does not roll; resumed: rolls', async () => {
  const here = await world();
  await here.client.create(deployments, web());
  await here.pass(2000);
  await change(here, { paused: true });
  expect(condition(here, 'Progressing')).toMatchObject({ status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' });
  await change(here, { ...image('nginx:2'), replicas: 5 });
  await here.pass(2000);
  expect(images(here)).toEqual(Array.from({ length: 5 }, () => 'nginx:1'));
  expect(sets(here)).toHaveLength(1);
  await change(here, { paused: false });
  await here.pass(20_000);
  expect(images(here)).toEqual(Array.from({ length: 5 }, () => 'nginx:2'));
  await here.stop();
});

it('shares new replicas between versions when scaled in the middle of a rollout', async () => {
  const here = await world({ readyAfterMs: (pod) => (pod.spec.containers[0]?.image === 'nginx:1' ? 0 : undefined) });
  await here.client.create(deployments, web({ replicas: 10, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } }));
  await here.pass(2000);
  await change(here, image('nginx:404'));
  await here.pass(2000);
  const sizes = (): readonly number[] => sets(here).map(({ spec }) => spec.replicas ?? 0).sort((a, b) => a - b);
  expect(sizes()).toEqual([5, 8]);
  await change(here, { replicas: 30 });
  await here.pass(2000);
  expect(sizes()).toEqual([13, 20]); // k8s: e2e deployment proportional scaling
  await here.stop();
});

it('keeps revisionHistoryLimit old ReplicaSets', async () => {
  const here = await world();
  await here.client.create(deployments, web({ replicas: 1, revisionHistoryLimit: 1 }));
  for (const tag of ['2', '3', '4']) { await here.pass(5000); await change(here, image(`nginx:${tag}`)); }
  await here.pass(5000);
  expect(sets(here).map(({ metadata }) => metadata.annotations?.['deployment.kubernetes.io/revision']).sort()).toEqual(['3', '4']);
  await here.stop();
});

it('adopts its ReplicaSet after it was orphaned', async () => {
  const here = await world();
  await here.client.create(deployments, web());
  await here.pass(2000);
  const before = sets(here)[0];
  if (!before) throw new Error('no replica set');
  await here.client.update(replicaSets, { ...before, metadata: { ...before.metadata, ownerReferences: [] } });
  await here.pass(2000);
  expect(sets(here)).toHaveLength(1);
  expect(sets(here)[0]?.metadata.ownerReferences?.[0]?.uid).toBe(stored(here).metadata.uid);
  await here.stop();
});

it('takes another name when another template has the hash', async () => {
  const here = await world();
  await here.client.create(deployments, web({ paused: true }));
  await here.settled();
  const { templateHash } = await import('../../api/template-hash.js');
  const hash = templateHash(web().spec.template);
  const foreign: Draft<ReplicaSet> = { metadata: { name: `web-${hash}`, namespace: 'default', labels: { app: 'else' } }, spec: { replicas: 0, selector: { matchLabels: { app: 'else' } }, template: { spec: { containers: [] } } } };
  await here.client.create(replicaSets, foreign);
  await change(here, { paused: false });
  await here.pass(5000);
  expect(stored(here).status).toMatchObject({ collisionCount: 1, availableReplicas: 3 });
  expect(sets(here)).toHaveLength(2);
  await here.stop();
});
