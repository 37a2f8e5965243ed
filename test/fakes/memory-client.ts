import { apiVersionOf, type Draft, type KubeObject, type Resource } from '../../core/api/resource.js';
import { events, leases, namespaces, pods } from '../../core/api/resources.js';
import { StatusError } from '../../core/api/status-error.js';
import type { DeleteOptions, ObjectMeta } from '../../core/api/types.js';
import type { Client } from '../../core/contracts/client.js';
import type { Clock } from '../../core/contracts/clock.js';
import type { Change, Durability, ObjectKey, StoreQuery, StoreWrite } from '../../core/contracts/object-store.js';
import type { Random } from '../../core/contracts/random.js';
import type { Subscription } from '../../core/contracts/subscription.js';
import { RevisionedStore } from '../../core/store/revisioned-store.js';
import { MemoryJournal } from './memory-journal.js';
import { RecordingLog } from './recording-log.js';
import { SeededRandom } from './seeded-random.js';
import { VirtualClock } from './virtual-clock.js';

type Fields = { readonly spec?: unknown; readonly status?: unknown };
type Lingering = { readonly spec?: { readonly finalizers?: readonly string[]; readonly nodeName?: string; readonly terminationGracePeriodSeconds?: number } };

const keyOf = ({ metadata: { namespace, name } }: KubeObject): ObjectKey => (namespace === undefined ? { name } : { namespace, name });

/**
 * A client for controller tests: the real store, without defaulting and validation. Uid, generation, finalizers, graceful pod deletion and
 * namespace termination behave as over the wire.
 */
export class MemoryClient implements Client {
  private constructor(readonly store: RevisionedStore, readonly journal: MemoryJournal, private readonly clock: Clock, private readonly random: Random) {}

  static async create({ clock = new VirtualClock(), random = new SeededRandom(), journal = new MemoryJournal() }: { clock?: Clock; random?: Random; journal?: MemoryJournal } = {}): Promise<MemoryClient> {
    const store = new RevisionedStore({ journal, log: new RecordingLog(), freeze: true });
    await store.start();
    return new MemoryClient(store, journal, clock, random);
  }

  get<T extends KubeObject>(resource: Resource<T>, key: ObjectKey): T | undefined { return this.store.get(resource, key); }

  list<T extends KubeObject>(resource: Resource<T>, query?: StoreQuery): readonly T[] { return this.store.list(resource, query); }

  watch<T extends KubeObject>(resource: Resource<T>, listener: (change: Change<T>) => void): Subscription {
    for (const object of this.store.list(resource)) listener({ type: 'ADDED', object, revision: Number(object.metadata.resourceVersion) });
    return this.store.watch(resource, this.store.revision(), listener);
  }

  async create<T extends KubeObject>(resource: Resource<T>, draft: Draft<T>): Promise<T> {
    const { generateName, name = generateName && `${generateName}${this.random.suffix(5)}` } = draft.metadata;
    if (!name) throw new StatusError('Invalid', `${resource.kind} is invalid: metadata.name: Required value: name or generateName is required`);
    const metadata: ObjectMeta = {
      ...draft.metadata, name, uid: this.random.uuid(), resourceVersion: '', creationTimestamp: this.time(),
      ...(resource.namespaced && { namespace: draft.metadata.namespace ?? 'default' }), ...('spec' in draft && { generation: 1 }),
    };
    const finalized = resource.key === namespaces.key ? { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } } : {};
    const object = { apiVersion: apiVersionOf(resource), kind: resource.kind, ...finalized, ...draft, metadata } as unknown as T;
    return this.store.create(resource, object, this.durability(resource));
  }

  async update<T extends KubeObject>(resource: Resource<T>, object: T): Promise<T> {
    const stored = this.stored(resource, keyOf(object));
    const { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds } = stored.metadata;
    const changed = JSON.stringify((object as Fields).spec) !== JSON.stringify((stored as Fields).spec);
    const metadata = {
      ...object.metadata, uid: object.metadata.uid || uid, creationTimestamp,
      ...(generation !== undefined && { generation: changed ? generation + 1 : generation }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }), ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
    };
    const next = { ...object, metadata, ...('status' in stored && { status: (stored as Fields).status }) };
    const written = await this.store.update(resource, next, this.durability(resource));
    if (deletionTimestamp !== undefined && this.mayGo(resource, written)) await this.store.delete(resource, keyOf(written));
    return written;
  }

  async updateStatus<T extends KubeObject>(resource: Resource<T>, object: T, durability: Durability = 'memory'): Promise<T> {
    const stored = this.stored(resource, keyOf(object));
    const { uid, resourceVersion } = object.metadata;
    const metadata = { ...stored.metadata, uid: uid || stored.metadata.uid, resourceVersion };
    return this.store.update(resource, { ...stored, metadata, status: (object as Fields).status }, { durability });
  }

  async delete<T extends KubeObject>(resource: Resource<T>, key: ObjectKey, options: DeleteOptions = {}): Promise<void> {
    const stored = this.stored(resource, key);
    const { uid, resourceVersion } = options.preconditions ?? {};
    const preconditions = { ...(uid !== undefined && { uid }), ...(resourceVersion !== undefined && { resourceVersion }) };
    if (uid !== undefined && uid !== stored.metadata.uid) throw new StatusError('Conflict', `the UID in the precondition (${uid}) does not match the UID in record (${stored.metadata.uid})`);
    const marked = this.mark(resource, stored, options);
    if (this.mayGo(resource, marked)) await this.store.delete(resource, key, preconditions);
    else await this.store.update(resource, marked, {});
  }

  /** The object as its deletion leaves it: with a deletionTimestamp, perhaps a finalizer, perhaps a grace period. */
  private mark<T extends KubeObject>(resource: Resource<T>, stored: T, { propagationPolicy, gracePeriodSeconds }: DeleteOptions): T {
    const { deletionTimestamp, deletionGracePeriodSeconds, finalizers = [], generation } = stored.metadata;
    const { spec } = stored as Lingering;
    const wanted = resource.key === pods.key && spec?.nodeName ? gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30 : 0;
    const grace = Math.min(wanted, deletionGracePeriodSeconds ?? wanted);
    const policy = propagationPolicy === 'Foreground' ? ['foregroundDeletion'] : propagationPolicy === 'Orphan' ? ['orphan'] : [];
    const all = [...new Set([...finalizers, ...policy])];
    const metadata = {
      ...stored.metadata, deletionTimestamp: deletionTimestamp ?? this.time(grace * 1000), deletionGracePeriodSeconds: grace,
      ...(all.length > 0 && { finalizers: all }), ...(generation !== undefined && deletionTimestamp === undefined && { generation: generation + 1 }),
    };
    return { ...stored, metadata, ...(resource.key === namespaces.key && { status: { phase: 'Terminating' } }) };
  }

  private mayGo(resource: Resource, object: KubeObject): boolean {
    const { finalizers = [], deletionGracePeriodSeconds = 0 } = object.metadata;
    const held = resource.key === namespaces.key && ((object as Lingering).spec?.finalizers?.length ?? 0) > 0;
    return finalizers.length === 0 && deletionGracePeriodSeconds === 0 && !held;
  }

  private stored<T extends KubeObject>(resource: Resource<T>, key: ObjectKey): T {
    const stored = this.store.newest(resource, key);
    if (!stored) throw new StatusError('NotFound', `${resource.key} "${key.name}" not found`, { name: key.name, kind: resource.plural });
    return stored;
  }

  private durability(resource: Resource): StoreWrite { return { durability: [events.key, leases.key].includes(resource.key) ? 'memory' : 'journal' }; }

  /** k8s times have no fractions. */
  private time(later = 0): string { return `${new Date(this.clock.now() + later).toISOString().slice(0, 19)}Z`; }
}
