import type { Draft, KubeObject, Resource } from '../api/resource.js';
import type { DeleteOptions } from '../api/types.js';
import type { Change, Durability, ObjectKey, StoreQuery } from './object-store.js';
import type { Subscription } from './subscription.js';
import { token, type Token } from './token.js';

/**
 * The API without HTTP, for what runs inside the master: same defaulting, validation, uid, generation and finalizer rules as over the wire.
 * Every rejection is a StatusError.
 */
export interface Client {
  /** The newest acknowledged state. */
  get<T extends KubeObject>(resource: Resource<T>, key: ObjectKey): T | undefined;
  list<T extends KubeObject>(resource: Resource<T>, query?: StoreQuery): readonly T[];
  create<T extends KubeObject>(resource: Resource<T>, draft: Draft<T>): Promise<T>;
  /** Spec and metadata; status is kept as stored. Conflict when `resourceVersion` is stale. */
  update<T extends KubeObject>(resource: Resource<T>, object: T): Promise<T>;
  /** Status only. `durability` defaults to `memory`: an observation that can be made again. */
  updateStatus<T extends KubeObject>(resource: Resource<T>, object: T, durability?: Durability): Promise<T>;
  /** Like DELETE: finalizers and grace periods linger. NotFound rejects. */
  delete<T extends KubeObject>(resource: Resource<T>, key: ObjectKey, options?: DeleteOptions): Promise<void>;
  /** ADDED for all there is, synchronously, then every change. */
  watch<T extends KubeObject>(resource: Resource<T>, listener: (change: Change<T>) => void): Subscription;
}
export const Client: Token<Client> = token<Client>('Client');
