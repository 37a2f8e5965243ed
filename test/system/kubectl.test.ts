import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configMaps, events, pods } from '../../core/api/resources.js';
import { configMap, deployment, kubectlCluster, pod, template } from './kubectl-cluster.js';

const cluster = kubectlCluster();

describe('looking', () => {
  it('get, in every output form', async () => {
    await cluster.apply(configMap('c1'));
    expect(await cluster.run('get', 'cm')).toMatch(/^NAME +DATA +AGE\nc1 +1 +\S+\n$/);
    expect(await cluster.run('get', 'cm', 'c1', '-o', 'yaml')).toContain('data:\n  key: value\nkind: ConfigMap\n');
    expect(JSON.parse(await cluster.run('get', 'cm', '-o', 'json'))).toMatchObject({ kind: 'List', items: [{ kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'c1', namespace: cluster.namespace } }] });
    expect(await cluster.run('get', 'cm', '-o', 'name')).toBe('configmap/c1\n');
    expect(await cluster.run('get', 'cm', '-o', 'jsonpath={.items[*].data.key}')).toBe('value');
    expect(await cluster.run('get', 'cm', '-o', 'custom-columns=N:.metadata.name')).toBe('N\nc1\n');
    expect(await cluster.run('get', 'cm', '-o', 'go-template={{range .items}}{{.metadata.name}}{{end}}')).toBe('c1');
    expect(await cluster.run('get', 'cm', '-o', 'wide', '--show-labels')).toMatch(/LABELS\nc1 .*<none>\n$/);
    expect(await cluster.run('get', 'cm', '--server-print=false')).toMatch(/^NAME +AGE\nc1 /);
    expect(await cluster.kubectl.ok(['get', 'cm', '-A', '--sort-by=.metadata.name'])).toMatch(new RegExp(`${cluster.namespace} +c1`));
    expect(await cluster.fails('get', 'cm', 'none')).toBe('Error from server (NotFound): configmaps "none" not found\n');
    expect(await cluster.fails('get', 'nonsense')).toContain('the server doesn\'t have a resource type "nonsense"');
  });

  it('get in pages sees one snapshot', async () => {
    await Promise.all(Array.from({ length: 7 }, (_, index) => cluster.api.server.client.create(configMaps, { metadata: { name: `c${String(index)}`, namespace: cluster.namespace } })));
    const names = (await cluster.run('get', 'cm', '--chunk-size=3', '-o', 'name')).trim().split('\n');
    expect(names).toEqual(Array.from({ length: 7 }, (_, index) => `configmap/c${String(index)}`));
  });

  it('get -w shows what happens', async () => {
    const watching = cluster.kubectl.start(['-n', cluster.namespace, 'get', 'cm', '-w', '--output-watch-events', '-l', 'in=yes']);
    await cluster.apply({ ...configMap('w1'), metadata: { name: 'w1', labels: { in: 'yes' } } });
    await watching.until(/ADDED +w1 +1/);
    await cluster.run('label', 'cm', 'w1', 'in=no', '--overwrite');
    await watching.until(/DELETED +w1/);
    await cluster.run('label', 'cm', 'w1', 'in=yes', '--overwrite');
    await watching.until(/DELETED[^]*ADDED +w1/);
    await watching.stop();
  });

  it('get one -w -o name', async () => {
    await cluster.apply(configMap('w2'));
    const watching = cluster.kubectl.start(['-n', cluster.namespace, 'get', 'cm', 'w2', '-w', '-o', 'jsonpath={.data.key}{"\\n"}']);
    await watching.until(/value/);
    await cluster.apply(configMap('w2', { key: 'other' }));
    await watching.until(/other/);
    await watching.stop();
  });

  it('describe', async () => {
    await cluster.apply(deployment());
    expect(await cluster.run('describe', 'deploy', 'web')).toMatch(/Replicas: +3 desired[^]*StrategyType: +RollingUpdate[^]*25% max unavailable, 25% max surge/);
    await cluster.apply(pod('p'));
    await cluster.api.server.client.create(events, {
      metadata: { name: 'p.1', namespace: cluster.namespace }, involvedObject: { kind: 'Pod', namespace: cluster.namespace, name: 'p', uid: cluster.api.server.client.get(pods, { namespace: cluster.namespace, name: 'p' })?.metadata.uid ?? '', apiVersion: 'v1' },
      reason: 'Scheduled', message: 'put somewhere', type: 'Normal', count: 1, firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:00:00Z', source: { component: 'test' },
    });
    expect(await cluster.run('describe', 'pod', 'p')).toMatch(/Status: +Pending[^]*QoS Class: +BestEffort[^]*Events:[^]*Normal +Scheduled +\S+ +test +put somewhere/);
    expect(await cluster.run('events')).toMatch(/LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n\S+ +Normal +Scheduled +Pod\/p +put somewhere/);
    expect(await cluster.run('get', 'events')).toMatch(/pod\/p +put somewhere/);
    expect(await cluster.run('events', '--for', 'pod/p')).toContain('put somewhere');
    expect(await cluster.kubectl.ok(['describe', 'ns', cluster.namespace])).toMatch(/Status: +Active/);
  });

  it('api-resources, api-versions, version, explain, --raw', async () => {
    const resources = await cluster.kubectl.ok(['api-resources', '--verbs=list,watch', '-o', 'wide']);
    expect(resources).toMatch(/deployments +deploy +apps\/v1 +true +Deployment +create,delete,deletecollection,get,list,patch,update,watch +all/);
    expect(await cluster.kubectl.ok(['api-versions'])).toBe('apps/v1\ncoordination.k8s.io/v1\nnode.k8s.io/v1\nv1\n');
    const version = await cluster.kubectl.run(['version']);
    expect([version.stdout, version.stderr]).toEqual([expect.stringMatching(/Server Version: v1\.35\.0\+kedge/), '']);
    expect(await cluster.kubectl.ok(['get', '--raw', '/readyz'])).toBe('ok');
    expect(await cluster.kubectl.ok(['explain', 'deployment.spec.replicas'])).toMatch(/replicas/);
  });
});

describe('writing', () => {
  it('apply creates, leaves alone, configures', async () => {
    expect(await cluster.apply(deployment())).toBe('deployment.apps/web created\n');
    const { resourceVersion } = cluster.stored().metadata;
    expect(await cluster.apply(deployment())).toBe('deployment.apps/web unchanged\n');
    expect(cluster.stored().metadata.resourceVersion).toBe(resourceVersion);
    expect(await cluster.apply(deployment({ replicas: 5 }))).toBe('deployment.apps/web configured\n');
    expect([cluster.stored().spec.replicas, cluster.stored().metadata.generation]).toEqual([5, 2]);
    expect(await cluster.kubectl.run(['-n', cluster.namespace, 'diff', '-f', '-'], { input: JSON.stringify(deployment({ replicas: 6 })) })).toMatchObject({ code: 1, stdout: expect.stringMatching(/-  replicas: 5\n\+  replicas: 6/) as string });
    expect(cluster.stored().spec.replicas).toBe(5);
    expect(await cluster.kubectl.ok(['-n', cluster.namespace, 'apply', '--dry-run=server', '-f', '-'], { input: JSON.stringify(deployment({ replicas: 9 })) })).toContain('server dry run');
    expect(cluster.stored().spec.replicas).toBe(5);
  });

  it('apply takes a list item out that it put in, and leaves others\' alone', async () => {
    const env = (...names: string[]) => deployment({ template: { ...template('nginx'), spec: { containers: [{ name: 'web', image: 'nginx', env: names.map((name) => ({ name, value: '1' })) }] } } });
    await cluster.apply(env('A', 'B'));
    await cluster.run('set', 'env', 'deploy/web', 'C=3');
    await cluster.apply(env('B'));
    expect(cluster.stored().spec.template.spec.containers[0]?.env?.map(({ name }) => name).sort()).toEqual(['B', 'C']);
  });

  it('create, replace, edit', async () => {
    const input = JSON.stringify(configMap('c'));
    expect(await cluster.kubectl.ok(['-n', cluster.namespace, 'create', '-f', '-'], { input })).toBe('configmap/c created\n');
    expect((await cluster.kubectl.run(['-n', cluster.namespace, 'create', '-f', '-'], { input })).stderr).toContain('(AlreadyExists): error when creating "STDIN": configmaps "c" already exists');
    expect(await cluster.kubectl.ok(['-n', cluster.namespace, 'replace', '-f', '-'], { input: JSON.stringify(configMap('c', { key: 'replaced' })) })).toBe('configmap/c replaced\n');
    expect(await cluster.kubectl.ok(['-n', cluster.namespace, 'replace', '--force', '-f', '-'], { input: JSON.stringify(configMap('c', { key: 'forced' })) })).toContain('replaced');
    const editor = join(cluster.api.folder, 'editor.sh');
    writeFileSync(editor, '#!/bin/sh\nsed -i "s/key: forced/key: edited/" "$1"\n');
    chmodSync(editor, 0o755);
    expect(await cluster.kubectl.ok(['-n', cluster.namespace, 'edit', 'cm', 'c'], { env: { EDITOR: editor } })).toBe('configmap/c edited\n');
    expect(await cluster.run('get', 'cm', 'c', '-o', 'jsonpath={.data.key}')).toBe('edited');
    expect(await cluster.kubectl.ok(['-n', cluster.namespace, 'create', '-f', '-', '-o', 'name'], { input: JSON.stringify({ ...configMap('x'), metadata: { generateName: 'gen-' } }) })).toMatch(/^configmap\/gen-[bcdfghjklmnpqrstvwxz2456789]{5}\n$/);
    expect(await cluster.run('run', 'ran', '--image=nginx')).toBe('pod/ran created\n');
  });

  it('says what is wrong in Kubernetes\' words', async () => {
    const answer = async (object: object): Promise<string> => (await cluster.kubectl.run(['-n', cluster.namespace, 'apply', '-f', '-'], { input: JSON.stringify(object) })).stderr;
    expect(await answer(deployment({ replicas: -1 }))).toContain('The Deployment "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0');
    expect(await answer(deployment({ replica: 1 }))).toContain('strict decoding error: unknown field "spec.replica"');
    expect(await answer({ ...configMap('Bad_Name') })).toContain('The ConfigMap "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of');
    expect(await answer({ apiVersion: 'v1', kind: 'Nonsense', metadata: { name: 'x' } })).toContain('no matches for kind "Nonsense" in version "v1"');
    await cluster.apply(deployment());
    expect(await answer(deployment({ selector: { matchLabels: { app: 'other' } }, template: { ...template('x'), metadata: { labels: { app: 'other' } } } }))).toMatch(/spec\.selector: Invalid value: .*: field is immutable/);
    expect(await cluster.fails('apply', '-f', '/dev/null')).toContain('no objects passed to apply');
    expect((await cluster.kubectl.run(['-n', 'none', 'create', '-f', '-'], { input: JSON.stringify(configMap('c')) })).stderr).toContain('(NotFound): error when creating "STDIN": namespaces "none" not found');
    expect(await cluster.fails('create', 'configmap', 'x')).toContain('protobuf is not read yet');
  });

  it('patch: merge, JSON, strategic', async () => {
    await cluster.apply(deployment());
    await cluster.run('patch', 'deploy', 'web', '--type=merge', '-p', '{"spec":{"replicas":4}}');
    await cluster.run('patch', 'deploy', 'web', '--type=json', '-p', '[{"op":"test","path":"/spec/replicas","value":4},{"op":"add","path":"/metadata/annotations/x~1y","value":"z"}]');
    await cluster.run('patch', 'deploy', 'web', '-p', '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox"}]}}}}');
    expect(cluster.stored()).toMatchObject({ metadata: { annotations: { 'x/y': 'z' } }, spec: { replicas: 4 } });
    expect(cluster.stored().spec.template.spec.containers.map(({ name }) => name).sort()).toEqual(['side', 'web']);
    await cluster.run('patch', 'deploy', 'web', '-p', '{"spec":{"template":{"spec":{"containers":[{"name":"side","$patch":"delete"}]}}}}');
    expect(cluster.stored().spec.template.spec.containers.map(({ name }) => name)).toEqual(['web']);
    expect(await cluster.run('patch', 'deploy', 'web', '-p', '{}')).toBe('deployment.apps/web patched (no change)\n');
    expect(await cluster.fails('patch', 'deploy', 'web', '--type=json', '-p', '[{"op":"test","path":"/spec/replicas","value":99}]')).toMatch(/invalid|test/i);
    expect(await cluster.fails('patch', 'deploy', 'web', '--type=merge', '-p', '{"metadata":{"resourceVersion":"1"}}')).toContain('the object has been modified; please apply your changes to the latest version and try again');
    expect(await cluster.run('patch', 'deploy', 'web', '--subresource=status', '--type=merge', '-p', '{"status":{"replicas":2},"spec":{"replicas":77}}')).toContain('patched');
    expect(cluster.stored()).toMatchObject({ spec: { replicas: 4 }, status: { replicas: 2 } });
  });

  it('label, annotate, scale, set, autoscale refused', async () => {
    await cluster.apply(deployment());
    await cluster.run('label', 'deploy', 'web', 'tier=front');
    await cluster.run('annotate', 'deploy', 'web', 'note=a note');
    expect(cluster.stored().metadata).toMatchObject({ labels: { tier: 'front' }, annotations: { note: 'a note' }, generation: 1 });
    await cluster.run('label', 'deploy', 'web', 'tier-');
    expect(cluster.stored().metadata.labels).toEqual({ app: 'web' });
    expect(await cluster.run('scale', 'deploy/web', '--replicas=7')).toBe('deployment.apps/web scaled\n');
    await cluster.run('scale', 'deploy/web', '--current-replicas=7', '--replicas=8');
    expect(await cluster.fails('scale', 'deploy/web', '--current-replicas=7', '--replicas=9')).toContain('Expected replicas to be 7, was 8');
    await cluster.run('set', 'image', 'deploy/web', 'web=nginx:2');
    await cluster.run('set', 'resources', 'deploy/web', '--limits=cpu=100m');
    expect(cluster.stored().spec).toMatchObject({ replicas: 8, template: { spec: { containers: [{ image: 'nginx:2', resources: { limits: { cpu: '100m' } } }] } } });
  });
});
