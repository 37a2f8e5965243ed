import { beforeEach, describe, expect, it } from 'vitest';
import { builtInKinds } from '../../api/registry.js';
import { configMaps, deployments, namespaces, pods, runtimeClasses } from '../../api/resources.js';
import type { Deployment, Pod } from '../../api/types.js';
import { RevisionedStore } from '../../store/revisioned-store.js';
import { MemoryJournal } from '../../../test/fakes/memory-journal.js';
import { RecordingLog } from '../../../test/fakes/recording-log.js';
import { SeededRandom } from '../../../test/fakes/seeded-random.js';
import { VirtualClock } from '../../../test/fakes/virtual-clock.js';
import { createBootObjects } from '../boot-objects.js';
import { Kinds } from '../kinds.js';
import { LocalClient } from '../local-client.js';
import { getScale, setScale } from './scale.js';
import type { VerbContext } from './context.js';
import { create } from './create.js';
import { remove } from './delete.js';

let context: VerbContext;
let client: LocalClient;
let store: RevisionedStore;
let clock: VirtualClock;

beforeEach(async () => {
  clock = new VirtualClock();
  store = new RevisionedStore({ journal: new MemoryJournal(), log: new RecordingLog(), freeze: true });
  await store.start();
  context = { store, kinds: new Kinds(builtInKinds), clock, random: new SeededRandom(1) };
  client = new LocalClient(context);
  await createBootObjects(client);
});

const spec = { containers: [{ name: 'c', image: 'i' }] };
const deploymentDraft = { metadata: { name: 'web', namespace: 'default' }, spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec } } };
const podOf = async (extra: object = {}): Promise<Pod> => client.create(pods, { metadata: { name: 'p', namespace: 'default' }, spec: { ...spec, ...extra } });

describe('create', () => {
  it('owns uid, time, generation and version, whatever the draft says', async () => {
    const made = await client.create(deployments, { ...deploymentDraft, metadata: { ...deploymentDraft.metadata, uid: 'mine', generation: 7, creationTimestamp: '1999-01-01T00:00:00Z', deletionTimestamp: '1999-01-01T00:00:00Z' }, status: { replicas: 9 } });
    expect(made).toMatchObject({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { generation: 1, creationTimestamp: '2026-01-01T00:00:00Z', resourceVersion: String(store.revision()) }, spec: { replicas: 1 } });
    expect(made.metadata.uid).not.toBe('mine');
    expect(made.metadata.deletionTimestamp).toBeUndefined();
    expect(made.status?.replicas).toBeUndefined();
  });

  it('generates names, and tries again when one is taken', async () => {
    const suffixes = ['aaaaa', 'aaaaa', 'bbbbb'];
    const random = { ...new SeededRandom(1), next: () => 0, uuid: () => `u${String(suffixes.length)}`, suffix: () => suffixes.shift() ?? '' };
    const draft = { metadata: { generateName: `${'x'.repeat(70)}-` } };
    const place = { kind: context.kinds.of(configMaps), namespace: 'default' };
    const [first, second] = [await create({ ...context, random }, place, draft), await create({ ...context, random }, place, draft)];
    expect([first.metadata.name, second.metadata.name]).toEqual([`${'x'.repeat(58)}aaaaa`, `${'x'.repeat(58)}bbbbb`]);
  });

  it('refuses what is there, what has no namespace, and what comes into one that goes', async () => {
    await client.create(configMaps, { metadata: { name: 'c', namespace: 'default' } });
    await expect(client.create(configMaps, { metadata: { name: 'c', namespace: 'default' } })).rejects.toThrow('configmaps "c" already exists');
    await expect(client.create(configMaps, { metadata: { name: 'c', namespace: 'none' } })).rejects.toThrow('namespaces "none" not found');
    await client.delete(namespaces, { name: 'kube-node-lease' });
    await expect(client.create(configMaps, { metadata: { name: 'c', namespace: 'kube-node-lease' } })).rejects.toThrow('configmaps "c" is forbidden: unable to create new content in namespace kube-node-lease because it is being terminated');
  });

  it('takes objects into a namespace that is not on disk yet', async () => {
    const both = [client.create(namespaces, { metadata: { name: 'new' } }), client.create(configMaps, { metadata: { name: 'c', namespace: 'new' } })];
    await expect(Promise.all(both)).resolves.toHaveLength(2);
  });

  it('checks all but writes nothing in a dry run', async () => {
    const before = store.revision();
    const place = { kind: context.kinds.of(configMaps), namespace: 'default' };
    expect((await create(context, place, { metadata: { name: 'c' } }, { dryRun: true })).metadata.uid).toBeTruthy();
    await expect(create(context, place, { metadata: { name: 'Bad Name' } }, { dryRun: true })).rejects.toMatchObject({ reason: 'Invalid' });
    expect(store.revision()).toBe(before);
  });

  it('admits only runtime classes that exist, and takes over what they ask', async () => {
    await expect(podOf({ runtimeClassName: 'none' })).rejects.toThrow('pods "p" is forbidden: pod rejected: RuntimeClass "none" not found');
    await client.create(runtimeClasses, { metadata: { name: 'special' }, handler: 'docker', scheduling: { nodeSelector: { disk: 'ssd' } }, overhead: { podFixed: { memory: '10Mi' } } });
    expect((await podOf({ runtimeClassName: 'special' })).spec).toMatchObject({ nodeSelector: { disk: 'ssd' }, overhead: { memory: '10Mi' } });
    expect((await client.create(pods, { metadata: { name: 'q', namespace: 'default' }, spec: { ...spec, runtimeClassName: 'process' } })).spec.runtimeClassName).toBe('process');
  });
});

describe('update', () => {
  it('counts generations by spec, keeps status, and writes nothing for nothing', async () => {
    const made = await client.create(deployments, deploymentDraft);
    await client.updateStatus(deployments, { ...made, status: { replicas: 3 } });
    const labelled = await client.update(deployments, { ...made, metadata: { ...made.metadata, resourceVersion: '', labels: { x: 'y' } }, status: {} });
    expect(labelled).toMatchObject({ metadata: { generation: 1 }, status: { replicas: 3 } });
    const scaled = await client.update(deployments, { ...labelled, spec: { ...labelled.spec, replicas: 2 } });
    expect(scaled.metadata.generation).toBe(2);
    const before = store.revision();
    expect((await client.update(deployments, scaled)).metadata.resourceVersion).toBe(scaled.metadata.resourceVersion);
    expect(store.revision()).toBe(before);
  });

  it('refuses stale versions and other incarnations', async () => {
    const made = await client.create(deployments, deploymentDraft);
    await client.update(deployments, { ...made, spec: { ...made.spec, replicas: 2 } });
    await expect(client.update(deployments, made)).rejects.toThrow('Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again');
    await expect(client.updateStatus(deployments, made)).rejects.toMatchObject({ reason: 'Conflict' });
    await expect(client.update(deployments, { ...made, metadata: { ...made.metadata, resourceVersion: '', uid: 'other' } })).rejects.toThrow(/Precondition failed: UID/);
    await expect(client.update(deployments, { ...made, metadata: { ...made.metadata, name: 'none' } })).rejects.toThrow('deployments.apps "none" not found');
  });

  it('lets one of two at once win', async () => {
    const made = await client.create(deployments, deploymentDraft);
    const outcomes = await Promise.allSettled([2, 3].map((replicas) => client.update(deployments, { ...made, spec: { ...made.spec, replicas } })));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('finishes a deletion with the last finalizer, and takes no new ones meanwhile', async () => {
    const made = await client.create(configMaps, { metadata: { name: 'c', namespace: 'default', finalizers: ['a.b/c'] } });
    await client.delete(configMaps, { namespace: 'default', name: 'c' });
    const going = client.get(configMaps, { namespace: 'default', name: 'c' });
    expect(going?.metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 });
    const change = (finalizers: readonly string[]) => client.update(configMaps, { ...made, metadata: { ...made.metadata, resourceVersion: '', finalizers } });
    await expect(change(['a.b/c', 'a.b/d'])).rejects.toThrow('metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"a.b/d"}');
    await change([]);
    expect(client.get(configMaps, { namespace: 'default', name: 'c' })).toBeUndefined();
  });
});

describe('delete', () => {
  const key = { namespace: 'default', name: 'p' };

  it('lets a bound pod linger and an unbound one go', async () => {
    await podOf();
    await client.delete(pods, key);
    expect(client.get(pods, key)).toBeUndefined();
    const pod = await podOf();
    await client.bind(key, 'n1');
    await client.delete(pods, key);
    expect(client.get(pods, key)?.metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 30 });
    await expect(client.delete(pods, key, { gracePeriodSeconds: 0, preconditions: { uid: 'other' } })).rejects.toMatchObject({ reason: 'Conflict' });
    await client.delete(pods, key, { gracePeriodSeconds: 0, preconditions: { uid: pod.metadata.uid } });
    expect(client.get(pods, key)).toBeUndefined();
    await expect(client.delete(pods, key)).rejects.toThrow('pods "p" not found');
  });

  it('takes a namespace away when its content is gone', async () => {
    await client.create(namespaces, { metadata: { name: 'x' } });
    await client.delete(namespaces, { name: 'x' });
    const going = client.get(namespaces, { name: 'x' });
    expect(going?.status?.phase).toBe('Terminating');
    await expect(client.delete(namespaces, { name: 'x' })).rejects.toThrow(/The system is ensuring all content is removed/);
    await client.finalize({ ...going!, spec: {} });
    expect(client.get(namespaces, { name: 'x' })).toBeUndefined();
    await client.create(namespaces, { metadata: { name: 'y' } });
    await client.delete(namespaces, { name: 'y' });
    await client.update(namespaces, { ...client.get(namespaces, { name: 'y' })!, spec: { finalizers: [] } });
    expect(client.get(namespaces, { name: 'y' })).toBeUndefined();
  });

  it('refuses to take the first namespaces, and policies it does not know', async () => {
    await expect(client.delete(namespaces, { name: 'kube-system' })).rejects.toThrow('namespaces "kube-system" is forbidden: this namespace may not be deleted');
    await podOf();
    await expect(client.delete(pods, key, { propagationPolicy: 'Quickly' })).rejects.toThrow('propagationPolicy: Unsupported value: "Quickly"');
    const target = { kind: context.kinds.of(pods), ...key };
    expect(await remove(context, target, {}, { dryRun: true })).toMatchObject({ gone: true });
    expect(client.get(pods, key)).toBeDefined();
  });
});

describe('binding', () => {
  const key = { namespace: 'default', name: 'p' };

  it('gives a pod to one node, once', async () => {
    const pod = await podOf();
    const outcomes = await Promise.allSettled([client.bind(key, 'n1'), client.update(pods, { ...pod, spec: { ...pod.spec, nodeName: 'n2' } })]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(client.get(pods, key)).toMatchObject({ spec: { nodeName: 'n1' }, status: { conditions: [{ type: 'PodScheduled', status: 'True' }] } });
    await expect(client.bind(key, 'n2')).rejects.toThrow('Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n1"');
  });

  it('may come as an update from inside the master', async () => {
    const pod = await podOf();
    await client.update(pods, { ...pod, spec: { ...pod.spec, nodeName: 'n1' } });
    expect(client.get(pods, key)?.spec.nodeName).toBe('n1');
  });
});

describe('scale', () => {
  it('sets replicas and nothing else', async () => {
    await client.create(deployments, deploymentDraft);
    const target = { kind: context.kinds.of(deployments) as never, namespace: 'default', name: 'web' };
    expect(getScale(context, target)).toMatchObject({ kind: 'Scale', apiVersion: 'autoscaling/v1', spec: { replicas: 1 }, status: { replicas: 0, selector: 'a=b' } });
    expect((await setScale(context, target, { ...getScale(context, target), spec: { replicas: 4 } })).spec.replicas).toBe(4);
    expect((client.get(deployments, { namespace: 'default', name: 'web' }) as Deployment).metadata.generation).toBe(2);
    await expect(setScale(context, target, { metadata: {} as never, spec: { replicas: -1 } })).rejects.toThrow(/must be greater than or equal to 0/);
  });
});

describe('kinds', () => {
  it('come and go at run time', async () => {
    const gadgets = { group: 'example.com', version: 'v1', plural: 'gadgets', kind: 'Gadget', namespaced: true, key: 'gadgets.example.com' } as const;
    const before = context.kinds.edition;
    await expect(client.create(gadgets, { metadata: { name: 'g' } })).rejects.toThrow(/gadgets.example.com/);
    context.kinds.add({ resource: gadgets, singular: 'gadget', shortNames: [], categories: [], message: '', subresources: [], strategy: { validate: () => [] }, columns: [], fields: {} });
    expect(await client.create(gadgets, { metadata: { name: 'g' } })).toMatchObject({ apiVersion: 'example.com/v1', kind: 'Gadget' });
    context.kinds.remove(gadgets);
    expect(context.kinds.edition).toBe(before + 2);
    expect(context.kinds.serves('example.com', 'v1')).toBe(false);
  });
});
