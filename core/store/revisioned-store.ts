import type { KubeObject, Resource } from '../api/resource.js';
import { StatusError } from '../api/status-error.js';
import type { Journal } from '../contracts/journal.js';
import type { Lifecycle } from '../contracts/lifecycle.js';
import type { Log } from '../contracts/log.js';
import type { Change, ChangeType, ObjectKey, ObjectStore, StoreQuery, StoreWrite } from '../contracts/object-store.js';
import type { Subscription } from '../contracts/subscription.js';
import { Bucket } from './bucket.js';
import { CommitQueue } from './commit-queue.js';
import { deepFreeze } from './deep-freeze.js';
import { alreadyExists, modified, notFound, preconditionFailed } from './refusals.js';
import { sameContent } from './same-content.js';
import { slotKey } from './sorted-slots.js';
import { WatchLog } from './watch-log.js';

export interface RevisionedStoreOptions {
  readonly journal: Journal;
  readonly log: Log;
  /** Deep-freezes what is stored, so that a modification throws where it happens. For development and tests. Default false. */
  readonly freeze?: boolean;
  /** Changes remembered per resource for watches. Default 4096. */
  readonly watchLogSize?: number;
  /** Revisions reserved in the journal at a time. Default 100,000. */
  readonly revisionBlock?: number;
}

/** What is known of one resource. */
interface Shelf { readonly objects: Bucket; readonly log: WatchLog }

interface Put { readonly type: ChangeType; readonly previous: KubeObject | undefined; readonly durable: boolean }

const idOf = (resource: Resource, { namespace, name }: ObjectKey): string => `${resource.key}/${namespace ?? ''}/${name}`;
const keyOf = ({ metadata }: KubeObject): ObjectKey => ({ ...(metadata.namespace !== undefined && { namespace: metadata.namespace }), name: metadata.name });

/** {@link ObjectStore} in memory, made durable by a {@link Journal}. Use it between `start` and `stop`. */
export class RevisionedStore implements ObjectStore, Lifecycle {
  private readonly shelves = new Map<string, Shelf>();
  private readonly queue: CommitQueue;
  /** Objects whose committed state is newer than the journal's. */
  private readonly volatile = new Set<string>();
  /** Objects of which the journal holds a record. */
  private readonly recorded = new Set<string>();
  private loadedAt = 0;
  private visible = 0;
  private running = false;

  constructor(private readonly options: RevisionedStoreOptions) {
    this.queue = new CommitQueue({ journal: options.journal, block: options.revisionBlock ?? 100_000 });
  }

  async start(): Promise<void> {
    const { revision, records } = await this.options.journal.load();
    const byResource = new Map<string, KubeObject[]>();
    for (const { key, object } of records) {
      if (!object) continue;
      this.recorded.add(key);
      const resource = key.slice(0, key.indexOf('/'));
      const objects = byResource.get(resource);
      if (objects) objects.push(object); else byResource.set(resource, [object]);
    }
    this.loadedAt = this.visible = revision;
    for (const [resource, objects] of byResource) this.shelf(resource).objects.load(this.options.freeze ? objects.map(deepFreeze) : objects);
    this.queue.startAfter(revision);
    this.running = true;
  }

  /** Refuses new writes, waits for those on their way, closes the journal. */
  async stop(): Promise<void> {
    this.running = false;
    await this.queue.idle();
    await this.options.journal.close();
  }

  revision(): number { return this.visible; }

  get<T extends KubeObject>(resource: Resource<T>, { namespace, name }: ObjectKey): T | undefined {
    return this.shelf(resource.key).objects.get(slotKey(namespace, name)) as T | undefined;
  }

  list<T extends KubeObject>(resource: Resource<T>, query?: StoreQuery): readonly T[] {
    return this.shelf(resource.key).objects.list(query) as readonly T[];
  }

  newest<T extends KubeObject>(resource: Resource<T>, key: ObjectKey): T | undefined {
    const pending = this.queue.pending(idOf(resource, key));
    return pending ? pending.object as T | undefined : this.get(resource, key);
  }

  watch<T extends KubeObject>(resource: Resource<T>, since: number, listener: (change: Change<T>) => void): Subscription {
    return this.shelf(resource.key).log.watch(since, listener as unknown as (change: Change) => void);
  }

  async create<T extends KubeObject>(resource: Resource<T>, object: T, { durability = 'journal' }: StoreWrite = {}): Promise<T> {
    this.check();
    if (this.newest(resource, keyOf(object))) throw alreadyExists(resource, object.metadata.name);
    return this.write(resource, object, { type: 'ADDED', previous: undefined, durable: durability === 'journal' });
  }

  async update<T extends KubeObject>(resource: Resource<T>, object: T, { durability = 'journal' }: StoreWrite = {}): Promise<T> {
    this.check();
    const { name, uid, resourceVersion } = object.metadata;
    const previous = this.newest(resource, keyOf(object));
    if (!previous) throw notFound(resource, name);
    if (uid && uid !== previous.metadata.uid) throw preconditionFailed(resource, name, 'UID', [uid, previous.metadata.uid]);
    if (resourceVersion && resourceVersion !== previous.metadata.resourceVersion) throw modified(resource, name);
    const durable = durability === 'journal';
    return sameContent(object, previous) ? this.confirm(resource, previous, durable) : this.write(resource, object, { type: 'MODIFIED', previous, durable });
  }

  async delete<T extends KubeObject>(resource: Resource<T>, key: ObjectKey, preconditions: { readonly uid?: string; readonly resourceVersion?: string } = {}): Promise<T> {
    this.check();
    const last = this.newest(resource, key);
    if (!last) throw notFound(resource, key.name);
    const { uid, resourceVersion } = last.metadata;
    if (preconditions.uid !== undefined && preconditions.uid !== uid) throw preconditionFailed(resource, key.name, 'UID', [preconditions.uid, uid]);
    if (preconditions.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion) {
      throw preconditionFailed(resource, key.name, 'ResourceVersion', [preconditions.resourceVersion, resourceVersion]);
    }
    const id = idOf(resource, key);
    // What was never journalled needs no record of its end.
    const durable = this.recorded.has(id) || this.queue.pending(id) !== undefined;
    return this.write(resource, last, { type: 'DELETED', previous: last, durable });
  }

  private check(): void {
    if (!this.running) throw new StatusError('ServiceUnavailable', 'the store is not running: it has not started yet, or is stopping', { retryAfterSeconds: 1 });
  }

  private write<T extends KubeObject>(resource: Resource<T>, object: T, { type, previous, durable }: Put): Promise<T> {
    const revision = this.queue.nextRevision();
    const stored: T = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    if (this.options.freeze) deepFreeze(stored);
    const change = previous ? { type, object: stored, previous, revision } : { type, object: stored, revision };
    return this.push(resource, stored, { revision, durable, type, make: () => this.show(resource, change) });
  }

  /** Nothing changes; but a writer who asks for durability gets it, and nobody is answered before what he saw is acknowledged. */
  private confirm<T extends KubeObject>(resource: Resource<T>, stored: T, durable: boolean): Promise<T> {
    const id = idOf(resource, keyOf(stored));
    const pending = this.queue.pending(id);
    const onDisk = pending ? pending.durable : !this.volatile.has(id);
    if (!pending && (onDisk || !durable)) return Promise.resolve(stored);
    return this.push(resource, stored, { revision: Number(stored.metadata.resourceVersion), durable: durable && !onDisk, type: 'MODIFIED', make: () => undefined });
  }

  private push<T extends KubeObject>(
    resource: Resource<T>, object: T, { revision, durable, type, make }: { readonly revision: number; readonly durable: boolean; readonly type: ChangeType; readonly make: () => void },
  ): Promise<T> {
    const id = idOf(resource, keyOf(object));
    return new Promise<T>((resolve, reject) => {
      const commit = (): void => {
        this.remember(id, type, durable);
        make();
        resolve(object);
      };
      this.queue.push({ id, resource, revision, durable, object: type === 'DELETED' ? undefined : object, commit, reject });
    });
  }

  private remember(id: string, type: ChangeType, durable: boolean): void {
    if (type === 'DELETED') {
      this.recorded.delete(id);
      this.volatile.delete(id);
    } else if (durable) {
      this.recorded.add(id);
      this.volatile.delete(id);
    } else {
      this.volatile.add(id);
    }
  }

  private show(resource: Resource, change: Change): void {
    const { objects, log } = this.shelf(resource.key);
    const { namespace, name } = change.object.metadata;
    this.visible = change.revision;
    objects.set(slotKey(namespace, name), change.type === 'DELETED' ? undefined : change.object);
    log.append(change);
  }

  private shelf(resource: string): Shelf {
    let shelf = this.shelves.get(resource);
    if (!shelf) {
      const onThrow = (error: unknown): void => { this.options.log.error('a watch listener threw', { resource, error }); };
      shelf = { objects: new Bucket(), log: new WatchLog(this.loadedAt, this.options.watchLogSize ?? 4096, onThrow) };
      this.shelves.set(resource, shelf);
    }
    return shelf;
  }
}
