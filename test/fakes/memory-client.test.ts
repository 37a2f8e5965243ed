import { expect, it } from 'vitest';
import { deployments, namespaces, pods } from '../../core/api/resources.js';
import type { Deployment, Pod } from '../../core/api/types.js';
import type { Draft } from '../../core/api/resource.js';
import { MemoryClient } from './memory-client.js';

const web = { metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 1 } } as unknown as Draft<Deployment>;
const pod = (nodeName?: string): Draft<Pod> => ({ metadata: { generateName: 'web-', namespace: 'shop' }, spec: { containers: [], ...(nodeName && { nodeName }) } } as unknown as Draft<Pod>);

it('fills in what the server owns', async () => {
  const client = await MemoryClient.create();
  const made = await client.create(deployments, web);
  expect(made).toMatchObject({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { generation: 1, resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' } });
  expect((await client.create(pods, pod())).metadata.name).toMatch(/^web-\w{5}$/);
});

it('raises the generation when spec changes, and keeps status', async () => {
  const client = await MemoryClient.create();
  const made = await client.create(deployments, web);
  const reported = await client.updateStatus(deployments, { ...made, status: { replicas: 1 } });
  expect(reported.metadata.generation).toBe(1);
  const scaled = await client.update(deployments, { ...made, metadata: { ...made.metadata, resourceVersion: '' }, spec: { ...made.spec, replicas: 2 } });
  expect(scaled).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 2 }, status: { replicas: 1 } });
  await expect(client.update(deployments, made)).rejects.toMatchObject({ reason: 'Conflict' });
});

it('lets an object with finalizers linger until they are gone', async () => {
  const client = await MemoryClient.create();
  await client.create(deployments, web);
  await client.delete(deployments, { namespace: 'shop', name: 'web' }, { propagationPolicy: 'Foreground' });
  const lingering = client.get(deployments, { namespace: 'shop', name: 'web' });
  expect(lingering?.metadata).toMatchObject({ finalizers: ['foregroundDeletion'], deletionTimestamp: '2026-01-01T00:00:00Z' });
  await client.update(deployments, { ...lingering!, metadata: { ...lingering!.metadata, finalizers: [] } });
  expect(client.get(deployments, { namespace: 'shop', name: 'web' })).toBeUndefined();
});

it('gives a bound pod its grace, and removes an unbound one at once', async () => {
  const client = await MemoryClient.create();
  const [bound, unbound] = [await client.create(pods, pod('n1')), await client.create(pods, pod())];
  for (const { metadata: { name } } of [bound, unbound]) await client.delete(pods, { namespace: 'shop', name });
  expect(client.list(pods).map(({ metadata }) => [metadata.name, metadata.deletionGracePeriodSeconds])).toEqual([[bound.metadata.name, 30]]);
  await client.delete(pods, { namespace: 'shop', name: bound.metadata.name }, { gracePeriodSeconds: 0 });
  expect(client.list(pods)).toEqual([]);
});

it('terminates a namespace in two steps', async () => {
  const client = await MemoryClient.create();
  const shop = await client.create(namespaces, { metadata: { name: 'shop' } });
  await client.delete(namespaces, { name: 'shop' });
  const stored = client.get(namespaces, { name: 'shop' });
  expect(stored?.status?.phase).toBe('Terminating');
  await client.update(namespaces, { ...shop, metadata: { ...stored!.metadata }, spec: { finalizers: [] } });
  expect(client.get(namespaces, { name: 'shop' })).toBeUndefined();
});

it('watches from what is there, synchronously', async () => {
  const client = await MemoryClient.create();
  await client.create(deployments, web);
  const seen: string[] = [];
  const subscription = client.watch(deployments, ({ type, object }) => seen.push(`${type} ${object.metadata.name}`));
  expect(seen).toEqual(['ADDED web']);
  await client.delete(deployments, { namespace: 'shop', name: 'web' });
  subscription.stop();
  await client.create(deployments, web);
  expect(seen).toEqual(['ADDED web', 'DELETED web']);
});
