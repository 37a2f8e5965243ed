import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { configMaps, pods } from '../../core/api/resources.js';
import { isStatusError } from '../../core/api/status-error.js';
import type { ConfigMap, Pod } from '../../core/api/types.js';
import type { Change, ObjectStore } from '../../core/contracts/object-store.js';
import type { Lifecycle } from '../../core/contracts/lifecycle.js';

export interface StoreUnderTest { readonly store: ObjectStore & Lifecycle; restart(): Promise<ObjectStore & Lifecycle> }

export const configMap = (name: string, value: string, namespace = 'default', resourceVersion = ''): ConfigMap =>
  ({ metadata: { name, namespace, uid: `uid-${name}`, resourceVersion, creationTimestamp: '2026-01-01T00:00:00Z' }, data: { value } });

const pod = (name: string, node: string, labels: Record<string, string>, owner?: string): Pod => ({
  metadata: {
    name, namespace: 'default', uid: `uid-${name}`, resourceVersion: '', creationTimestamp: '', labels,
    ...(owner && { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner }] }),
  },
  spec: { containers: [], nodeName: node },
} as unknown as Pod);

const names = (objects: readonly { readonly metadata: { readonly name: string } }[]): readonly string[] => objects.map(({ metadata }) => metadata.name);

/** What every {@link ObjectStore} must do. Given stores are started. */
export function objectStoreCases(title: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${title}, as an ObjectStore`, () => {
    let store: ObjectStore & Lifecycle;
    let restart: () => Promise<ObjectStore & Lifecycle>;
    beforeEach(async () => { ({ store, restart } = await make()); });
    const key = (name: string): { readonly namespace: string; readonly name: string } => ({ namespace: 'default', name });

    it('gives a created object a resourceVersion and shows it', async () => {
      const made = await store.create(configMaps, configMap('a', 'one'));
      expect(made.metadata.resourceVersion).toBe(String(store.revision()));
      expect(store.get(configMaps, key('a'))).toEqual(made);
      await expect(store.create(configMaps, configMap('a', 'two'))).rejects.toMatchObject({ reason: 'AlreadyExists', message: 'configmaps "a" already exists' });
    });

    it('refuses a stale, foreign or missing object, in Kubernetes words', async () => {
      const made = await store.create(configMaps, configMap('a', 'one'));
      await store.update(configMaps, configMap('a', 'two', 'default', made.metadata.resourceVersion));
      await expect(store.update(configMaps, configMap('a', 'three', 'default', made.metadata.resourceVersion))).rejects.toMatchObject({
        reason: 'Conflict', message: 'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
      });
      await expect(store.update(configMaps, { ...made, metadata: { ...made.metadata, uid: 'other', resourceVersion: '' } })).rejects.toMatchObject({ reason: 'Conflict' });
      await expect(store.update(configMaps, configMap('b', 'x'))).rejects.toMatchObject({ reason: 'NotFound', message: 'configmaps "b" not found' });
      await expect(store.delete(configMaps, key('b'))).rejects.toMatchObject({ reason: 'NotFound' });
      await expect(store.delete(configMaps, key('a'), { uid: 'other' })).rejects.toMatchObject({ reason: 'Conflict' });
      await expect(store.delete(configMaps, key('a'), { resourceVersion: '1' })).rejects.toMatchObject({ reason: 'Conflict' });
    });

    it('makes no revision of an update that changes nothing', async () => {
      const made = await store.create(configMaps, configMap('a', 'one'));
      expect(await store.update(configMaps, configMap('a', 'one'))).toBe(store.get(configMaps, key('a')));
      expect(String(store.revision())).toBe(made.metadata.resourceVersion);
    });

    it('shows a write only once it is acknowledged, but checks against it at once', async () => {
      const creating = store.create(configMaps, configMap('a', 'one'));
      expect(store.get(configMaps, key('a'))).toBeUndefined();
      expect(store.newest(configMaps, key('a'))?.data).toEqual({ value: 'one' });
      const refused = store.create(configMaps, configMap('a', 'two'));
      expect(store.get(configMaps, key('a'))).toBeUndefined();
      await expect(refused).rejects.toMatchObject({ reason: 'AlreadyExists' });
      const made = await creating;
      expect(store.get(configMaps, key('a'))).toBe(made);
    });

    it('lets exactly one of many writers with the same resourceVersion win', async () => {
      const made = await store.create(configMaps, configMap('a', 'zero'));
      const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => store.update(configMaps, configMap('a', `w${index}`, 'default', made.metadata.resourceVersion))));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) if (result.status === 'rejected') expect(isStatusError(result.reason, 'Conflict')).toBe(true);
    });

    it('lists by namespace, then name, and finds by node, owner and labels', async () => {
      for (const [name, namespace] of [['b', 'default'], ['a', 'default-2'], ['a', 'default'], ['c', 'a']] as const) await store.create(configMaps, configMap(name, 'x', namespace));
      expect(store.list(configMaps).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['a/c', 'default/a', 'default/b', 'default-2/a']);
      expect(names(store.list(configMaps, { namespace: 'default' }))).toEqual(['a', 'b']);
      expect(names(store.list(configMaps, { node: 'n1' }))).toEqual([]);
      await store.create(pods, pod('p3', 'n1', { app: 'web', tier: 'x' }, 'rs1'));
      await store.create(pods, pod('p1', 'n1', { app: 'web' }, 'rs2'));
      await store.create(pods, pod('p2', 'n2', { app: 'db' }, 'rs1'));
      const found = (): unknown => [
        store.list(pods, { node: 'n1' }), store.list(pods, { owner: 'rs1' }), store.list(pods, { labels: { app: 'web' } }),
        store.list(pods, { labels: { app: 'web', tier: 'x' } }), store.list(pods, { node: 'n1', owner: 'rs2' }), store.list(pods, { namespace: 'other', node: 'n1' }),
      ].map(names);
      expect(found()).toEqual([['p1', 'p3'], ['p2', 'p3'], ['p1', 'p3'], ['p3'], ['p1'], []]);
      await store.update(pods, pod('p3', 'n2', { app: 'db' }, 'rs2'));
      await store.delete(pods, key('p1'));
      expect(found()).toEqual([[], ['p2'], [], [], [], []]);
    });

    it('leaves a list as it was when things change afterwards', async () => {
      await store.create(configMaps, configMap('a', 'x'));
      const before = store.list(configMaps);
      await store.create(configMaps, configMap('b', 'x'));
      expect([names(before), names(store.list(configMaps))]).toEqual([['a'], ['a', 'b']]);
      expect(store.list(configMaps)).toBe(store.list(configMaps));
    });

    it('tells watchers every change after their revision, once and in order', async () => {
      await store.create(configMaps, configMap('a', 'one'));
      const since = store.revision();
      const early: string[] = [];
      const late: string[] = [];
      const note = (into: string[]) => ({ type, object, previous, revision }: Change<ConfigMap>): void => {
        into.push(`${type} ${object.metadata.name} ${previous?.data?.['value'] ?? '-'}→${object.data?.['value']} ${revision === Number(object.metadata.resourceVersion)}`);
      };
      store.watch(configMaps, since, note(early));
      await store.update(configMaps, configMap('a', 'two'));
      await store.create(configMaps, configMap('b', 'x'), { durability: 'memory' });
      await store.delete(configMaps, key('a'));
      const subscription = store.watch(configMaps, since, note(late));
      expect(early).toEqual(['MODIFIED a one→two true', 'ADDED b -→x true', 'DELETED a two→two true']);
      expect(late).toEqual(early);
      subscription.stop();
      await store.delete(configMaps, key('b'));
      expect([early.length, late.length]).toEqual([4, 3]);
    });

    it('says Expired when the log does not reach back', async () => {
      for (let index = 0; index < 5000; index += 1) await store.create(configMaps, configMap(`n${index}`, 'x'), { durability: 'memory' });
      expect(() => store.watch(configMaps, 1, () => undefined)).toThrow(expect.objectContaining({ reason: 'Expired', message: expect.stringMatching(/^too old resource version: 1 \(\d+\)$/) as string }) as Error);
    });

    it('keeps what was journalled over a restart, forgets what was not, and never counts back', async () => {
      await store.create(configMaps, configMap('kept', 'one'));
      await store.create(configMaps, configMap('gone', 'x'), { durability: 'memory' });
      await store.update(configMaps, configMap('kept', 'observed'), { durability: 'memory' });
      const before = store.revision();
      store = await restart();
      expect(store.list(configMaps).map(({ metadata, data }) => [metadata.name, data?.['value']])).toEqual([['kept', 'one']]);
      expect(store.revision()).toBeGreaterThanOrEqual(before);
      expect(() => store.watch(configMaps, before - 1, () => undefined)).toThrow('too old resource version');
      expect(Number((await store.create(configMaps, configMap('new', 'x'))).metadata.resourceVersion)).toBeGreaterThan(before);
    });

    it('makes an observation durable when it is written again as intent', async () => {
      await store.create(configMaps, configMap('a', 'one'));
      await store.update(configMaps, configMap('a', 'two'), { durability: 'memory' });
      await store.update(configMaps, configMap('a', 'two'));
      store = await restart();
      expect(store.get(configMaps, key('a'))?.data).toEqual({ value: 'two' });
    });

    it('behaves as a map with revisions, whatever the order of writes', async () => {
      const operation = fc.record({ kind: fc.constantFrom('create', 'update', 'memory', 'delete', 'list'), name: fc.constantFrom('a', 'b', 'c'), value: fc.constantFrom('x', 'y') } as const);
      await fc.assert(fc.asyncProperty(fc.array(operation, { maxLength: 30 }), async (operations) => {
        const { store: subject } = await make();
        const model = new Map<string, string>();
        const watched = new Map<string, string>();
        let last = 0;
        subject.watch(configMaps, subject.revision(), ({ type, object, revision }) => {
          expect(revision).toBeGreaterThan(last);
          last = revision;
          if (type === 'DELETED') watched.delete(object.metadata.name); else watched.set(object.metadata.name, object.data?.['value'] ?? '');
        });
        const writes = operations.map(({ kind, name, value }) => {
          const exists = model.has(name);
          const write = { durability: kind === 'memory' ? 'memory' : 'journal' } as const;
          if (kind === 'list') return undefined;
          if (kind === 'delete') { model.delete(name); return { fine: exists, done: subject.delete(configMaps, key(name)) }; }
          if (kind === 'create' ? !exists : exists) model.set(name, value);
          return kind === 'create' ? { fine: !exists, done: subject.create(configMaps, configMap(name, value)) } : { fine: exists, done: subject.update(configMaps, configMap(name, value), write) };
        });
        for (const write of writes) if (write) expect(await write.done.then(() => true, () => false)).toBe(write.fine);
        const stored = new Map(subject.list(configMaps).map(({ metadata, data }) => [metadata.name, data?.['value'] ?? '']));
        expect(stored).toEqual(new Map([...model].sort()));
        expect(new Map([...watched].sort())).toEqual(stored);
      }), { numRuns: 50 });
    });
  });
}
