import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configMaps, deployments, events, nodes, pods, replicaSets } from '../../core/api/resources.js';
import { builtInKinds } from '../../core/api/registry.js';
import type { Deployment, Pod } from '../../core/api/types.js';
import { startApi, type RunningApi } from './api-server.js';
import { FakeLogs } from './fake-logs.js';
import type { Kubectl } from './kubectl.js';

const logs = new FakeLogs();
let api: RunningApi;
let kubectl: Kubectl;
let namespace = '';
let round = 0;

beforeAll(async () => {
  api = await startApi(builtInKinds, logs);
  kubectl = api.kubectl;
}, 60_000);
afterAll(async () => { await api.stop(); });
beforeEach(async () => {
  round += 1;
  namespace = `test-${String(round)}`;
  await kubectl.ok(['create', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }) });
});

const run = (...args: string[]): Promise<string> => kubectl.ok(['-n', namespace, ...args]);
const fails = async (...args: string[]): Promise<string> => {
  const { code, stderr, stdout } = await kubectl.run(['-n', namespace, ...args]);
  expect([code === 0 ? `exited 0: ${stdout}` : 'failed']).toEqual(['failed']);
  return stderr;
};
const apply = (object: object | string): Promise<string> => kubectl.ok(['-n', namespace, 'apply', '-f', '-'], { input: typeof object === 'string' ? object : JSON.stringify(object) });

const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image, ports: [{ containerPort: 80 }] }] } });
const deployment = (extra: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', labels: { app: 'web' } },
  spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: template('nginx:1'), ...extra },
});
const configMap = (name: string, data: object = { key: 'value' }) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const pod = (name: string, containers: readonly string[] = ['main'], extra: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: containers.map((container) => ({ name: container, image: 'nginx' })), ...extra } });

const stored = (): Deployment => api.server.client.get(deployments, { namespace, name: 'web' }) as Deployment;
/** What the controller would report of a finished rollout. */
async function finishRollout(): Promise<void> {
  const found = stored();
  const replicas = found.spec.replicas ?? 0;
  const status = { observedGeneration: found.metadata.generation ?? 0, replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas, conditions: [{ type: 'Available', status: 'True' }, { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }] };
  await api.server.client.updateStatus(deployments, { ...found, status });
}
/** What the node would report of a pod that runs. */
async function runPod(name: string, node = 'n1'): Promise<Pod> {
  const bound = await api.server.client.bind({ namespace, name }, node);
  const containerStatuses = bound.spec.containers.map((container) => ({ name: container.name, ready: true, restartCount: 0, image: 'nginx', imageID: '', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }));
  return api.server.client.updateStatus(pods, { ...bound, status: { ...bound.status, phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses } });
}

describe('looking', () => {
  it('get, in every output form', async () => {
    await apply(configMap('c1'));
    expect(await run('get', 'cm')).toMatch(/^NAME +DATA +AGE\nc1 +1 +\S+\n$/);
    expect(await run('get', 'cm', 'c1', '-o', 'yaml')).toContain('data:\n  key: value\nkind: ConfigMap\n');
    expect(JSON.parse(await run('get', 'cm', '-o', 'json'))).toMatchObject({ kind: 'List', items: [{ kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'c1', namespace } }] });
    expect(await run('get', 'cm', '-o', 'name')).toBe('configmap/c1\n');
    expect(await run('get', 'cm', '-o', 'jsonpath={.items[*].data.key}')).toBe('value');
    expect(await run('get', 'cm', '-o', 'custom-columns=N:.metadata.name')).toBe('N\nc1\n');
    expect(await run('get', 'cm', '-o', 'go-template={{range .items}}{{.metadata.name}}{{end}}')).toBe('c1');
    expect(await run('get', 'cm', '-o', 'wide', '--show-labels')).toMatch(/LABELS\nc1 .*<none>\n$/);
    expect(await run('get', 'cm', '--server-print=false')).toMatch(/^NAME +AGE\nc1 /);
    expect(await kubectl.ok(['get', 'cm', '-A', '--sort-by=.metadata.name'])).toMatch(new RegExp(`${namespace} +c1`));
    expect(await fails('get', 'cm', 'none')).toBe('Error from server (NotFound): configmaps "none" not found\n');
    expect(await fails('get', 'nonsense')).toContain('the server doesn\'t have a resource type "nonsense"');
  });

  it('get in pages sees one snapshot', async () => {
    await Promise.all(Array.from({ length: 7 }, (_, index) => api.server.client.create(configMaps, { metadata: { name: `c${String(index)}`, namespace } })));
    const names = (await run('get', 'cm', '--chunk-size=3', '-o', 'name')).trim().split('\n');
    expect(names).toEqual(Array.from({ length: 7 }, (_, index) => `configmap/c${String(index)}`));
  });

  it('get -w shows what happens', async () => {
    const watching = kubectl.start(['-n', namespace, 'get', 'cm', '-w', '--output-watch-events', '-l', 'in=yes']);
    await apply({ ...configMap('w1'), metadata: { name: 'w1', labels: { in: 'yes' } } });
    await watching.until(/ADDED +w1 +1/);
    await run('label', 'cm', 'w1', 'in=no', '--overwrite');
    await watching.until(/DELETED +w1/);
    await run('label', 'cm', 'w1', 'in=yes', '--overwrite');
    await watching.until(/DELETED[^]*ADDED +w1/);
    await watching.stop();
  });

  it('get one -w -o name', async () => {
    await apply(configMap('w2'));
    const watching = kubectl.start(['-n', namespace, 'get', 'cm', 'w2', '-w', '-o', 'jsonpath={.data.key}{"\\n"}']);
    await watching.until(/value/);
    await apply(configMap('w2', { key: 'other' }));
    await watching.until(/other/);
    await watching.stop();
  });

  it('describe', async () => {
    await apply(deployment());
    expect(await run('describe', 'deploy', 'web')).toMatch(/Replicas: +3 desired[^]*StrategyType: +RollingUpdate[^]*25% max unavailable, 25% max surge/);
    await apply(pod('p'));
    await api.server.client.create(events, {
      metadata: { name: 'p.1', namespace }, involvedObject: { kind: 'Pod', namespace, name: 'p', uid: api.server.client.get(pods, { namespace, name: 'p' })?.metadata.uid ?? '', apiVersion: 'v1' },
      reason: 'Scheduled', message: 'put somewhere', type: 'Normal', count: 1, firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:00:00Z', source: { component: 'test' },
    });
    expect(await run('describe', 'pod', 'p')).toMatch(/Status: +Pending[^]*QoS Class: +BestEffort[^]*Events:[^]*Normal +Scheduled +\S+ +test +put somewhere/);
    expect(await run('events')).toMatch(/LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n\S+ +Normal +Scheduled +Pod\/p +put somewhere/);
    expect(await run('get', 'events')).toMatch(/pod\/p +put somewhere/);
    expect(await run('events', '--for', 'pod/p')).toContain('put somewhere');
    expect(await kubectl.ok(['describe', 'ns', namespace])).toMatch(/Status: +Active/);
  });

  it('api-resources, api-versions, version, explain, --raw', async () => {
    const resources = await kubectl.ok(['api-resources', '--verbs=list,watch', '-o', 'wide']);
    expect(resources).toMatch(/deployments +deploy +apps\/v1 +true +Deployment +create,delete,deletecollection,get,list,patch,update,watch +all/);
    expect(await kubectl.ok(['api-versions'])).toBe('apps/v1\ncoordination.k8s.io/v1\nnode.k8s.io/v1\nv1\n');
    const version = await kubectl.run(['version']);
    expect([version.stdout, version.stderr]).toEqual([expect.stringMatching(/Server Version: v1\.35\.0\+kedge/), '']);
    expect(await kubectl.ok(['get', '--raw', '/readyz'])).toBe('ok');
    expect(await kubectl.ok(['explain', 'deployment.spec.replicas'])).toMatch(/replicas/);
  });
});

describe('writing', () => {
  it('apply creates, leaves alone, configures', async () => {
    expect(await apply(deployment())).toBe('deployment.apps/web created\n');
    const { resourceVersion } = stored().metadata;
    expect(await apply(deployment())).toBe('deployment.apps/web unchanged\n');
    expect(stored().metadata.resourceVersion).toBe(resourceVersion);
    expect(await apply(deployment({ replicas: 5 }))).toBe('deployment.apps/web configured\n');
    expect([stored().spec.replicas, stored().metadata.generation]).toEqual([5, 2]);
    expect(await kubectl.run(['-n', namespace, 'diff', '-f', '-'], { input: JSON.stringify(deployment({ replicas: 6 })) })).toMatchObject({ code: 1, stdout: expect.stringMatching(/-  replicas: 5\n\+  replicas: 6/) as string });
    expect(stored().spec.replicas).toBe(5);
    expect(await kubectl.ok(['-n', namespace, 'apply', '--dry-run=server', '-f', '-'], { input: JSON.stringify(deployment({ replicas: 9 })) })).toContain('server dry run');
    expect(stored().spec.replicas).toBe(5);
  });

  it('apply takes a list item out that it put in, and leaves others\' alone', async () => {
    const env = (...names: string[]) => deployment({ template: { ...template('nginx'), spec: { containers: [{ name: 'web', image: 'nginx', env: names.map((name) => ({ name, value: '1' })) }] } } });
    await apply(env('A', 'B'));
    await run('set', 'env', 'deploy/web', 'C=3');
    await apply(env('B'));
    expect(stored().spec.template.spec.containers[0]?.env?.map(({ name }) => name).sort()).toEqual(['B', 'C']);
  });

  it('create, replace, edit', async () => {
    const input = JSON.stringify(configMap('c'));
    expect(await kubectl.ok(['-n', namespace, 'create', '-f', '-'], { input })).toBe('configmap/c created\n');
    expect((await kubectl.run(['-n', namespace, 'create', '-f', '-'], { input })).stderr).toContain('(AlreadyExists): error when creating "STDIN": configmaps "c" already exists');
    expect(await kubectl.ok(['-n', namespace, 'replace', '-f', '-'], { input: JSON.stringify(configMap('c', { key: 'replaced' })) })).toBe('configmap/c replaced\n');
    expect(await kubectl.ok(['-n', namespace, 'replace', '--force', '-f', '-'], { input: JSON.stringify(configMap('c', { key: 'forced' })) })).toContain('replaced');
    const editor = join(api.folder, 'editor.sh');
    writeFileSync(editor, '#!/bin/sh\nsed -i "s/key: forced/key: edited/" "$1"\n');
    chmodSync(editor, 0o755);
    expect(await kubectl.ok(['-n', namespace, 'edit', 'cm', 'c'], { env: { EDITOR: editor } })).toBe('configmap/c edited\n');
    expect(await run('get', 'cm', 'c', '-o', 'jsonpath={.data.key}')).toBe('edited');
    expect(await kubectl.ok(['-n', namespace, 'create', '-f', '-', '-o', 'name'], { input: JSON.stringify({ ...configMap('x'), metadata: { generateName: 'gen-' } }) })).toMatch(/^configmap\/gen-[bcdfghjklmnpqrstvwxz2456789]{5}\n$/);
    expect(await run('run', 'ran', '--image=nginx')).toBe('pod/ran created\n');
  });

  it('says what is wrong in Kubernetes\' words', async () => {
    const answer = async (object: object): Promise<string> => (await kubectl.run(['-n', namespace, 'apply', '-f', '-'], { input: JSON.stringify(object) })).stderr;
    expect(await answer(deployment({ replicas: -1 }))).toContain('The Deployment "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0');
    expect(await answer(deployment({ replica: 1 }))).toContain('strict decoding error: unknown field "spec.replica"');
    expect(await answer({ ...configMap('Bad_Name') })).toContain('The ConfigMap "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of');
    expect(await answer({ apiVersion: 'v1', kind: 'Nonsense', metadata: { name: 'x' } })).toContain('no matches for kind "Nonsense" in version "v1"');
    await apply(deployment());
    expect(await answer(deployment({ selector: { matchLabels: { app: 'other' } }, template: { ...template('x'), metadata: { labels: { app: 'other' } } } }))).toMatch(/spec\.selector: Invalid value: .*: field is immutable/);
    expect(await fails('apply', '-f', '/dev/null')).toContain('no objects passed to apply');
    expect((await kubectl.run(['-n', 'none', 'create', '-f', '-'], { input: JSON.stringify(configMap('c')) })).stderr).toContain('(NotFound): error when creating "STDIN": namespaces "none" not found');
    expect(await fails('create', 'configmap', 'x')).toContain('protobuf is not read yet');
  });

  it('patch: merge, JSON, strategic', async () => {
    await apply(deployment());
    await run('patch', 'deploy', 'web', '--type=merge', '-p', '{"spec":{"replicas":4}}');
    await run('patch', 'deploy', 'web', '--type=json', '-p', '[{"op":"test","path":"/spec/replicas","value":4},{"op":"add","path":"/metadata/annotations/x~1y","value":"z"}]');
    await run('patch', 'deploy', 'web', '-p', '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox"}]}}}}');
    expect(stored()).toMatchObject({ metadata: { annotations: { 'x/y': 'z' } }, spec: { replicas: 4 } });
    expect(stored().spec.template.spec.containers.map(({ name }) => name).sort()).toEqual(['side', 'web']);
    await run('patch', 'deploy', 'web', '-p', '{"spec":{"template":{"spec":{"containers":[{"name":"side","$patch":"delete"}]}}}}');
    expect(stored().spec.template.spec.containers.map(({ name }) => name)).toEqual(['web']);
    expect(await run('patch', 'deploy', 'web', '-p', '{}')).toBe('deployment.apps/web patched (no change)\n');
    expect(await fails('patch', 'deploy', 'web', '--type=json', '-p', '[{"op":"test","path":"/spec/replicas","value":99}]')).toMatch(/invalid|test/i);
    expect(await fails('patch', 'deploy', 'web', '--type=merge', '-p', '{"metadata":{"resourceVersion":"1"}}')).toContain('the object has been modified; please apply your changes to the latest version and try again');
    expect(await run('patch', 'deploy', 'web', '--subresource=status', '--type=merge', '-p', '{"status":{"replicas":2},"spec":{"replicas":77}}')).toContain('patched');
    expect(stored()).toMatchObject({ spec: { replicas: 4 }, status: { replicas: 2 } });
  });

  it('label, annotate, scale, set, autoscale refused', async () => {
    await apply(deployment());
    await run('label', 'deploy', 'web', 'tier=front');
    await run('annotate', 'deploy', 'web', 'note=a note');
    expect(stored().metadata).toMatchObject({ labels: { tier: 'front' }, annotations: { note: 'a note' }, generation: 1 });
    await run('label', 'deploy', 'web', 'tier-');
    expect(stored().metadata.labels).toEqual({ app: 'web' });
    expect(await run('scale', 'deploy/web', '--replicas=7')).toBe('deployment.apps/web scaled\n');
    await run('scale', 'deploy/web', '--current-replicas=7', '--replicas=8');
    expect(await fails('scale', 'deploy/web', '--current-replicas=7', '--replicas=9')).toContain('Expected replicas to be 7, was 8');
    await run('set', 'image', 'deploy/web', 'web=nginx:2');
    await run('set', 'resources', 'deploy/web', '--limits=cpu=100m');
    expect(stored().spec).toMatchObject({ replicas: 8, template: { spec: { containers: [{ image: 'nginx:2', resources: { limits: { cpu: '100m' } } }] } } });
  });
});

describe('rollout', () => {
  it('status waits for the controller', async () => {
    await apply(deployment());
    const waiting = kubectl.start(['-n', namespace, 'rollout', 'status', 'deploy/web', '--timeout=30s']);
    await waiting.until(/Waiting for deployment/);
    await finishRollout();
    await waiting.until(/deployment "web" successfully rolled out/);
    expect(await waiting.exited).toBe(0);
  });

  it('restart, pause, resume, history, undo', async () => {
    await apply(deployment());
    await run('rollout', 'pause', 'deploy/web');
    expect(stored().spec.paused).toBe(true);
    expect(await fails('rollout', 'restart', 'deploy/web')).toContain('can\'t restart paused deployment');
    await run('rollout', 'resume', 'deploy/web');
    expect(stored().spec.paused).toBeUndefined();
    await run('rollout', 'restart', 'deploy/web');
    expect(stored().spec.template.metadata?.annotations?.['kubectl.kubernetes.io/restartedAt']).toBeDefined();
    const found = stored();
    const replicaSet = (revision: string, image: string) => api.server.client.create(replicaSets, {
      metadata: {
        name: `web-${revision}`, namespace, labels: { app: 'web', 'pod-template-hash': revision }, annotations: { 'deployment.kubernetes.io/revision': revision, 'kubernetes.io/change-cause': `cause ${revision}` },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: found.metadata.uid, controller: true }],
      },
      spec: { replicas: 0, selector: { matchLabels: { app: 'web', 'pod-template-hash': revision } }, template: { ...template(image), metadata: { labels: { app: 'web', 'pod-template-hash': revision } } } },
    });
    await replicaSet('1', 'nginx:old');
    await replicaSet('2', 'nginx:1');
    await run('annotate', 'deploy', 'web', 'deployment.kubernetes.io/revision=2');
    expect(await run('rollout', 'history', 'deploy/web')).toMatch(/REVISION +CHANGE-CAUSE\n1 +cause 1\n2 +cause 2/);
    expect(await run('rollout', 'history', 'deploy/web', '--revision=1')).toContain('nginx:old');
    expect(await run('rollout', 'undo', 'deploy/web')).toBe('deployment.apps/web rolled back\n');
    expect(stored().spec.template).toMatchObject({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ image: 'nginx:old' }] } });
    expect(stored().spec.template.metadata?.labels).toEqual({ app: 'web' });
  });
});

describe('deleting', () => {
  it('a pod lingers for its grace, until the node says it is gone', async () => {
    await apply(pod('p'));
    await runPod('p');
    expect(await run('get', 'pod', 'p')).toMatch(/p +1\/1 +Running/);
    const deleting = kubectl.start(['-n', namespace, 'delete', 'pod', 'p', '--grace-period=20']);
    await deleting.until(/pod "p" deleted/);
    const marked = api.server.client.get(pods, { namespace, name: 'p' });
    expect(marked?.metadata).toMatchObject({ deletionGracePeriodSeconds: 20, deletionTimestamp: expect.any(String) as string });
    expect(await run('get', 'pod', 'p')).toMatch(/Terminating/);
    await api.server.client.delete(pods, { namespace, name: 'p' }, { gracePeriodSeconds: 0 });
    expect(await deleting.exited).toBe(0);
    await apply(pod('q'));
    await runPod('q');
    expect((await kubectl.run(['-n', namespace, 'delete', 'pod', 'q', '--grace-period=0', '--force'])).stderr + '').toContain('Immediate deletion does not wait');
    expect(api.server.client.get(pods, { namespace, name: 'q' })).toBeUndefined();
    await apply(pod('unbound'));
    expect(await run('delete', 'pod', 'unbound', '--timeout=20s')).toMatch(/deleted/);
  });

  it('cascade leaves its wish for the collector; finalizers hold', async () => {
    await apply(deployment());
    await run('delete', 'deploy', 'web', '--cascade=foreground', '--wait=false');
    expect(stored().metadata.finalizers).toEqual(['foregroundDeletion']);
    await run('patch', 'deploy', 'web', '--type=merge', '-p', '{"metadata":{"finalizers":null}}');
    expect(await fails('get', 'deploy', 'web')).toContain('deployments.apps "web" not found');
    await apply(deployment());
    await run('delete', 'deploy', 'web', '--cascade=orphan', '--wait=false');
    expect(stored().metadata.finalizers).toEqual(['orphan']);
    await run('patch', 'deploy', 'web', '--type=json', '-p', '[{"op":"remove","path":"/metadata/finalizers"}]');
    await apply({ ...configMap('held'), metadata: { name: 'held', finalizers: ['example.com/hold'] } });
    const deleting = kubectl.start(['-n', namespace, 'delete', 'cm', 'held']);
    await deleting.until(/deleted/);
    expect(await fails('patch', 'cm', 'held', '--type=merge', '-p', '{"metadata":{"finalizers":["example.com/hold","example.com/more"]}}')).toContain('no new finalizers can be added if the object is being deleted');
    await run('patch', 'cm', 'held', '--type=merge', '-p', '{"metadata":{"finalizers":[]}}');
    expect(await deleting.exited).toBe(0);
  });

  it('many at once, by label, and a namespace', async () => {
    await Promise.all(['a', 'b'].map((name) => apply({ ...configMap(name), metadata: { name, labels: { x: 'y' } } })));
    await apply(configMap('kept'));
    await run('delete', 'cm', '-l', 'x=y');
    expect(await run('get', 'cm', '-o', 'name')).toBe('configmap/kept\n');
    await run('delete', 'cm', '--all');
    const deleting = kubectl.start(['delete', 'ns', namespace]);
    await deleting.until(/deleted/);
    expect(await run('get', 'ns', namespace)).toMatch(/Terminating/);
    expect((await kubectl.run(['-n', namespace, 'create', '-f', '-'], { input: JSON.stringify(configMap('late')) })).stderr).toContain(`configmaps "late" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`);
    const { spec: _spec, ...rest } = JSON.parse(await run('get', 'ns', namespace, '-o', 'json')) as Record<string, unknown>;
    await kubectl.ok(['replace', '--raw', `/api/v1/namespaces/${namespace}/finalize`, '-f', '-'], { input: JSON.stringify({ ...rest, spec: {} }) });
    expect(await deleting.exited).toBe(0);
    expect((await kubectl.run(['delete', 'ns', 'default'])).stderr).toContain('namespaces "default" is forbidden: this namespace may not be deleted');
  });

  it('wait', async () => {
    await apply(deployment());
    const waiting = kubectl.start(['-n', namespace, 'wait', '--for=condition=Available', 'deploy/web', '--timeout=30s']);
    await finishRollout();
    await waiting.until(/deployment.apps\/web condition met/);
    expect(await run('wait', '--for=jsonpath={.spec.replicas}=3', 'deploy/web')).toContain('condition met');
    const gone = kubectl.start(['-n', namespace, 'wait', '--for=delete', 'deploy/web', '--timeout=30s']);
    await run('delete', 'deploy', 'web');
    expect(await gone.exited).toBe(0);
  });
});

describe('nodes', () => {
  it('cordon, uncordon, taint, drain', async () => {
    const name = `node-${String(round)}`;
    await kubectl.ok(['create', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name } }) });
    expect(await run('cordon', name)).toBe(`node/${name} cordoned\n`);
    expect(await run('get', 'node', name)).toMatch(/SchedulingDisabled/);
    await run('uncordon', name);
    await run('taint', 'node', name, 'key=value:NoSchedule');
    expect(api.server.client.get(nodes, { name })?.spec.taints).toMatchObject([{ key: 'key', value: 'value', effect: 'NoSchedule' }]);
    await run('taint', 'node', name, 'key-');
    await apply(pod('evicted'));
    await runPod('evicted', name);
    const draining = kubectl.start(['drain', name, '--force', '--ignore-daemonsets']);
    await draining.until(/evicting pod .*evicted/);
    const marked = await eventually(() => api.server.client.get(pods, { namespace, name: 'evicted' })?.metadata.deletionTimestamp);
    expect(marked).toBeDefined();
    await api.server.client.delete(pods, { namespace, name: 'evicted' }, { gracePeriodSeconds: 0 });
    await draining.until(/drained/);
    expect(await run('describe', 'node', name)).toMatch(/Unschedulable: +true/);
  });
});

/** Resolves at the next change of pods that makes it true. */
function eventually<T>(look: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const subscription = api.server.client.watch(pods, () => {
      const found = look();
      if (found !== undefined) { queueMicrotask(() => { subscription.stop(); }); resolve(found); }
    });
  });
}

describe('logs', () => {
  it('as they were, tailed, previous, of one container, since', async () => {
    await apply(pod('p', ['a', 'b']));
    expect(await fails('logs', 'p', '-c', 'none')).toContain('container none is not valid for pod p');
    await runPod('p');
    logs.lines = ['one', 'two', 'three'];
    expect(await run('logs', 'p', '-c', 'a')).toBe('one\ntwo\nthree\n');
    expect(await run('logs', 'p', '-c', 'b', '--tail=1', '--since=1h', '--timestamps', '--limit-bytes=4')).toBe('thre');
    expect(logs.asked.at(-1)).toMatchObject({ container: 'b', tailLines: 1, timestamps: true, follow: false, limitBytes: 4, since: expect.any(Number) as number });
    expect(await fails('logs', 'p', '-c', 'a', '--previous')).toContain('previous terminated container "a" in pod "p" not found');
    const found = api.server.client.get(pods, { namespace, name: 'p' }) as Pod;
    const containerStatuses = (found.status?.containerStatuses ?? []).map((each) => ({ ...each, lastState: { terminated: { exitCode: 1 } } }));
    await api.server.client.updateStatus(pods, { ...found, status: { ...found.status, containerStatuses } });
    expect(await run('logs', 'p', '-c', 'a', '--previous')).toBe('from before\n');
    expect(await run('logs', 'p', '--all-containers', '--prefix')).toMatch(/\[pod\/p\/a\] one[^]*\[pod\/p\/b\] one/);
  });

  it('followed until the end', async () => {
    await apply(pod('f'));
    await runPod('f');
    logs.lines = ['first'];
    const following = kubectl.start(['-n', namespace, 'logs', '-f', 'f']);
    await following.until(/first/);
    logs.write('second');
    await following.until(/second/);
    logs.end();
    expect(await following.exited).toBe(0);
  });

  it('a log that is cut is an error and not an end', async () => {
    await apply(pod('cut'));
    await runPod('cut');
    logs.lines = ['first'];
    const following = kubectl.start(['-n', namespace, 'logs', '-f', 'cut']);
    await following.until(/first/);
    logs.break();
    expect(await following.exited).not.toBe(0);
  });

  it('of a pod that has not started', async () => {
    await apply(pod('new'));
    expect(await run('logs', 'new')).toBe('');
    await api.server.client.bind({ namespace, name: 'new' }, 'n1');
    expect(await fails('logs', 'new')).toContain('container "main" in pod "new" is waiting to start: ContainerCreating');
  });
});
