import type { KubeObject, Resource } from '../api/resource.js';
import type { Subscription } from './subscription.js';
import { token, type Token } from './token.js';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One step of the log. For DELETED, `object` is the last state carrying the deletion's resourceVersion. */
export interface Change<T extends KubeObject = KubeObject> {
  readonly type: ChangeType;
  readonly object: T;
  /** The state before; undefined for ADDED. Lets watches see objects leave a selector. */
  readonly previous?: T;
  readonly revision: number;
}

export interface ObjectKey { readonly namespace?: string; readonly name: string }

/** All given conditions must hold; `node` (spec.nodeName), `owner` (uid in ownerReferences) and `labels` are indexed. */
export interface StoreQuery {
  readonly namespace?: string;
  readonly node?: string;
  readonly owner?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** `memory` is for observations: served and watched like any other write, but a restart may forget it. */
export type Durability = 'journal' | 'memory';

export interface StoreWrite { readonly durability?: Durability }

/**
 * The revisioned object store. Reads are synchronous and see only what is acknowledged; objects are shared and must not be modified.
 * Writes check `metadata.resourceVersion` against every earlier write, also those still on their way to disk.
 */
export interface ObjectStore {
  /** The newest revision readers can see. */
  revision(): number;
  get<T extends KubeObject>(resource: Resource<T>, key: ObjectKey): T | undefined;
  /** Sorted by namespace, then name. */
  list<T extends KubeObject>(resource: Resource<T>, query?: StoreQuery): readonly T[];
  /** Sets resourceVersion. Rejects: StatusError AlreadyExists; ServiceUnavailable when the disk is full. */
  create<T extends KubeObject>(resource: Resource<T>, object: T, write?: StoreWrite): Promise<T>;
  /**
   * Replaces. Rejects: NotFound; Conflict when `object.metadata.resourceVersion` (if not '') is not the newest; Conflict when the uid differs.
   * An update that changes nothing resolves to the stored object without a new revision.
   */
  update<T extends KubeObject>(resource: Resource<T>, object: T, write?: StoreWrite): Promise<T>;
  /** Rejects: NotFound; Conflict on a failed precondition. Resolves to the last state. */
  delete<T extends KubeObject>(resource: Resource<T>, key: ObjectKey, preconditions?: { readonly uid?: string; readonly resourceVersion?: string }): Promise<T>;
  /** The newest state, also of writes still on their way to disk: what the next update must be based on. */
  newest<T extends KubeObject>(resource: Resource<T>, key: ObjectKey): T | undefined;
  /**
   * Every change after `since`, in order, synchronously from the write that made it visible. Throws StatusError Expired when the log no longer reaches back.
   * A listener must not throw and must not write synchronously.
   */
  watch<T extends KubeObject>(resource: Resource<T>, since: number, listener: (change: Change<T>) => void): Subscription;
}
export const ObjectStore: Token<ObjectStore> = token<ObjectStore>('ObjectStore');
