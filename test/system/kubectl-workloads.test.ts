import { describe, expect, it } from 'vitest';
import { nodes, pods, replicaSets } from '../../core/api/resources.js';
import type { Pod } from '../../core/api/types.js';
import { configMap, deployment, kubectlCluster, pod, template } from './kubectl-cluster.js';

const cluster = kubectlCluster();

describe('rollout', () => {
  it('status waits for the controller', async () => {
    await cluster.apply(deployment());
    const waiting = cluster.kubectl.start(['-n', cluster.namespace, 'rollout', 'status', 'deploy/web', '--timeout=30s']);
    await waiting.until(/Waiting for deployment/);
    await cluster.finishRollout();
    await waiting.until(/deployment "web" successfully rolled out/);
    expect(await waiting.exited).toBe(0);
  });

  it('restart, pause, resume, history, undo', async () => {
    await cluster.apply(deployment());
    await cluster.run('rollout', 'pause', 'deploy/web');
    expect(cluster.stored().spec.paused).toBe(true);
    expect(await cluster.fails('rollout', 'restart', 'deploy/web')).toContain('can\'t restart paused deployment');
    await cluster.run('rollout', 'resume', 'deploy/web');
    expect(cluster.stored().spec.paused).toBeUndefined();
    await cluster.run('rollout', 'restart', 'deploy/web');
    expect(cluster.stored().spec.template.metadata?.annotations?.['kubectl.kubernetes.io/restartedAt']).toBeDefined();
    const found = cluster.stored();
    const replicaSet = (revision: string, image: string) => cluster.api.server.client.create(replicaSets, {
      metadata: {
        name: `web-${revision}`, namespace: cluster.namespace, labels: { app: 'web', 'pod-template-hash': revision }, annotations: { 'deployment.kubernetes.io/revision': revision, 'kubernetes.io/change-cause': `cause ${revision}` },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: found.metadata.uid, controller: true }],
      },
      spec: { replicas: 0, selector: { matchLabels: { app: 'web', 'pod-template-hash': revision } }, template: { ...template(image), metadata: { labels: { app: 'web', 'pod-template-hash': revision } } } },
    });
    await replicaSet('1', 'nginx:old');
    await replicaSet('2', 'nginx:1');
    await cluster.run('annotate', 'deploy', 'web', 'deployment.kubernetes.io/revision=2');
    expect(await cluster.run('rollout', 'history', 'deploy/web')).toMatch(/REVISION +CHANGE-CAUSE\n1 +cause 1\n2 +cause 2/);
    expect(await cluster.run('rollout', 'history', 'deploy/web', '--revision=1')).toContain('nginx:old');
    expect(await cluster.run('rollout', 'undo', 'deploy/web')).toBe('deployment.apps/web rolled back\n');
    expect(cluster.stored().spec.template).toMatchObject({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ image: 'nginx:old' }] } });
    expect(cluster.stored().spec.template.metadata?.labels).toEqual({ app: 'web' });
  });
});

describe('deleting', () => {
  it('a pod lingers for its grace, until the node says it is gone', async () => {
    await cluster.apply(pod('p'));
    await cluster.runPod('p');
    expect(await cluster.run('get', 'pod', 'p')).toMatch(/p +1\/1 +Running/);
    const deleting = cluster.kubectl.start(['-n', cluster.namespace, 'delete', 'pod', 'p', '--grace-period=20']);
    await deleting.until(/pod "p" deleted/);
    const marked = cluster.api.server.client.get(pods, { namespace: cluster.namespace, name: 'p' });
    expect(marked?.metadata).toMatchObject({ deletionGracePeriodSeconds: 20, deletionTimestamp: expect.any(String) as string });
    expect(await cluster.run('get', 'pod', 'p')).toMatch(/Terminating/);
    await cluster.api.server.client.delete(pods, { namespace: cluster.namespace, name: 'p' }, { gracePeriodSeconds: 0 });
    expect(await deleting.exited).toBe(0);
    await cluster.apply(pod('q'));
    await cluster.runPod('q');
    expect((await cluster.kubectl.run(['-n', cluster.namespace, 'delete', 'pod', 'q', '--grace-period=0', '--force'])).stderr + '').toContain('Immediate deletion does not wait');
    expect(cluster.api.server.client.get(pods, { namespace: cluster.namespace, name: 'q' })).toBeUndefined();
    await cluster.apply(pod('unbound'));
    expect(await cluster.run('delete', 'pod', 'unbound', '--timeout=20s')).toMatch(/deleted/);
  });

  it('cascade leaves its wish for the collector; finalizers hold', async () => {
    await cluster.apply(deployment());
    await cluster.run('delete', 'deploy', 'web', '--cascade=foreground', '--wait=false');
    expect(cluster.stored().metadata.finalizers).toEqual(['foregroundDeletion']);
    await cluster.run('patch', 'deploy', 'web', '--type=merge', '-p', '{"metadata":{"finalizers":null}}');
    expect(await cluster.fails('get', 'deploy', 'web')).toContain('deployments.apps "web" not found');
    await cluster.apply(deployment());
    await cluster.run('delete', 'deploy', 'web', '--cascade=orphan', '--wait=false');
    expect(cluster.stored().metadata.finalizers).toEqual(['orphan']);
    await cluster.run('patch', 'deploy', 'web', '--type=json', '-p', '[{"op":"remove","path":"/metadata/finalizers"}]');
    await cluster.apply({ ...configMap('held'), metadata: { name: 'held', finalizers: ['example.com/hold'] } });
    const deleting = cluster.kubectl.start(['-n', cluster.namespace, 'delete', 'cm', 'held']);
    await deleting.until(/deleted/);
    expect(await cluster.fails('patch', 'cm', 'held', '--type=merge', '-p', '{"metadata":{"finalizers":["example.com/hold","example.com/more"]}}')).toContain('no new finalizers can be added if the object is being deleted');
    await cluster.run('patch', 'cm', 'held', '--type=merge', '-p', '{"metadata":{"finalizers":[]}}');
    expect(await deleting.exited).toBe(0);
  });

  it('many at once, by label, and a namespace', async () => {
    await Promise.all(['a', 'b'].map((name) => cluster.apply({ ...configMap(name), metadata: { name, labels: { x: 'y' } } })));
    await cluster.apply(configMap('kept'));
    await cluster.run('delete', 'cm', '-l', 'x=y');
    expect(await cluster.run('get', 'cm', '-o', 'name')).toBe('configmap/kept\n');
    await cluster.run('delete', 'cm', '--all');
    const deleting = cluster.kubectl.start(['delete', 'ns', cluster.namespace]);
    await deleting.until(/deleted/);
    expect(await cluster.run('get', 'ns', cluster.namespace)).toMatch(/Terminating/);
    expect((await cluster.kubectl.run(['-n', cluster.namespace, 'create', '-f', '-'], { input: JSON.stringify(configMap('late')) })).stderr).toContain(`configmaps "late" is forbidden: unable to create new content in namespace ${cluster.namespace} because it is being terminated`);
    const { spec: _spec, ...rest } = JSON.parse(await cluster.run('get', 'ns', cluster.namespace, '-o', 'json')) as Record<string, unknown>;
    await cluster.kubectl.ok(['replace', '--raw', `/api/v1/namespaces/${cluster.namespace}/finalize`, '-f', '-'], { input: JSON.stringify({ ...rest, spec: {} }) });
    expect(await deleting.exited).toBe(0);
    expect((await cluster.kubectl.run(['delete', 'ns', 'default'])).stderr).toContain('namespaces "default" is forbidden: this namespace may not be deleted');
  });

  it('wait', async () => {
    await cluster.apply(deployment());
    const waiting = cluster.kubectl.start(['-n', cluster.namespace, 'wait', '--for=condition=Available', 'deploy/web', '--timeout=30s']);
    await cluster.finishRollout();
    await waiting.until(/deployment.apps\/web condition met/);
    expect(await cluster.run('wait', '--for=jsonpath={.spec.replicas}=3', 'deploy/web')).toContain('condition met');
    const gone = cluster.kubectl.start(['-n', cluster.namespace, 'wait', '--for=delete', 'deploy/web', '--timeout=30s']);
    await cluster.run('delete', 'deploy', 'web');
    expect(await gone.exited).toBe(0);
  });
});

describe('nodes', () => {
  it('cordon, uncordon, taint, drain', async () => {
    const name = `node-${String(cluster.round)}`;
    await cluster.kubectl.ok(['create', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name } }) });
    expect(await cluster.run('cordon', name)).toBe(`node/${name} cordoned\n`);
    expect(await cluster.run('get', 'node', name)).toMatch(/SchedulingDisabled/);
    await cluster.run('uncordon', name);
    await cluster.run('taint', 'node', name, 'key=value:NoSchedule');
    expect(cluster.api.server.client.get(nodes, { name })?.spec.taints).toMatchObject([{ key: 'key', value: 'value', effect: 'NoSchedule' }]);
    await cluster.run('taint', 'node', name, 'key-');
    await cluster.apply(pod('evicted'));
    await cluster.runPod('evicted', name);
    const draining = cluster.kubectl.start(['drain', name, '--force', '--ignore-daemonsets']);
    await draining.until(/evicting pod .*evicted/);
    const marked = await eventually(() => cluster.api.server.client.get(pods, { namespace: cluster.namespace, name: 'evicted' })?.metadata.deletionTimestamp);
    expect(marked).toBeDefined();
    await cluster.api.server.client.delete(pods, { namespace: cluster.namespace, name: 'evicted' }, { gracePeriodSeconds: 0 });
    await draining.until(/drained/);
    expect(await cluster.run('describe', 'node', name)).toMatch(/Unschedulable: +true/);
  });
});

describe('logs', () => {
  it('as they were, tailed, previous, of one container, since', async () => {
    await cluster.apply(pod('p', ['a', 'b']));
    expect(await cluster.fails('logs', 'p', '-c', 'none')).toContain('container none is not valid for pod p');
    await cluster.runPod('p');
    cluster.logs.lines = ['one', 'two', 'three'];
    expect(await cluster.run('logs', 'p', '-c', 'a')).toBe('one\ntwo\nthree\n');
    expect(await cluster.run('logs', 'p', '-c', 'b', '--tail=1', '--since=1h', '--timestamps', '--limit-bytes=4')).toBe('thre');
    expect(cluster.logs.asked.at(-1)).toMatchObject({ container: 'b', tailLines: 1, timestamps: true, follow: false, limitBytes: 4, since: expect.any(Number) as number });
    expect(await cluster.fails('logs', 'p', '-c', 'a', '--previous')).toContain('previous terminated container "a" in pod "p" not found');
    const found = cluster.api.server.client.get(pods, { namespace: cluster.namespace, name: 'p' }) as Pod;
    const containerStatuses = (found.status?.containerStatuses ?? []).map((each) => ({ ...each, lastState: { terminated: { exitCode: 1 } } }));
    await cluster.api.server.client.updateStatus(pods, { ...found, status: { ...found.status, containerStatuses } });
    expect(await cluster.run('logs', 'p', '-c', 'a', '--previous')).toBe('from before\n');
    expect(await cluster.run('logs', 'p', '--all-containers', '--prefix')).toMatch(/\[pod\/p\/a\] one[^]*\[pod\/p\/b\] one/);
  });

  it('followed until the end', async () => {
    await cluster.apply(pod('f'));
    await cluster.runPod('f');
    cluster.logs.lines = ['first'];
    const following = cluster.kubectl.start(['-n', cluster.namespace, 'logs', '-f', 'f']);
    await following.until(/first/);
    cluster.logs.write('second');
    await following.until(/second/);
    cluster.logs.end();
    expect(await following.exited).toBe(0);
  });

  it('a log that is cut is an error and not an end', async () => {
    await cluster.apply(pod('cut'));
    await cluster.runPod('cut');
    cluster.logs.lines = ['first'];
    const following = cluster.kubectl.start(['-n', cluster.namespace, 'logs', '-f', 'cut']);
    await following.until(/first/);
    cluster.logs.break();
    expect(await following.exited).not.toBe(0);
  });

  it('of a pod that has not started', async () => {
    await cluster.apply(pod('new'));
    expect(await cluster.run('logs', 'new')).toBe('');
    await cluster.api.server.client.bind({ namespace: cluster.namespace, name: 'new' }, 'n1');
    expect(await cluster.fails('logs', 'new')).toContain('container "main" in pod "new" is waiting to start: ContainerCreating');
  });
});
/** Resolves at the next change of pods that makes it true. */
function eventually<T>(look: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const subscription = cluster.api.server.client.watch(pods, () => {
      const found = look();
      if (found !== undefined) { queueMicrotask(() => { subscription.stop(); }); resolve(found); }
    });
  });
}
