import { namespaces, pods } from '../api/resources.js';
import type { Draft, KubeObject, Resource } from '../api/resource.js';
import type { DeleteOptions, Namespace, Pod } from '../api/types.js';
import type { Change, Client, Durability, ObjectKey, StoreQuery, Subscription } from '../contracts/index.js';
import type { Subresources } from '../contracts/subresources.js';
import { bind } from './verbs/binding.js';
import type { Target, VerbContext } from './verbs/context.js';
import { create } from './verbs/create.js';
import { remove } from './verbs/delete.js';
import { finalize } from './verbs/finalize.js';
import { updateStatus } from './verbs/status.js';
import { update } from './verbs/update.js';

/** The API for what runs inside the master: the same verbs as over HTTPS, without the network. */
export class LocalClient implements Client, Subresources {
  readonly #context: VerbContext;

  constructor(context: VerbContext) { this.#context = context; }

  get<T extends KubeObject>(resource: Resource<T>, key: ObjectKey): T | undefined { return this.#context.store.get(resource, key); }

  list<T extends KubeObject>(resource: Resource<T>, query: StoreQuery = {}): readonly T[] { return this.#context.store.list(resource, query); }

  async create<T extends KubeObject>(resource: Resource<T>, draft: Draft<T>): Promise<T> {
    const namespace = resource.namespaced ? (draft.metadata.namespace ?? 'default') : undefined;
    return create(this.#context, { kind: this.#context.kinds.of(resource), ...(namespace === undefined ? {} : { namespace }) }, draft);
  }

  async update<T extends KubeObject>(resource: Resource<T>, object: T): Promise<T> {
    return update(this.#context, this.#target(resource, object.metadata), object);
  }

  async updateStatus<T extends KubeObject>(resource: Resource<T>, object: T, durability: Durability = 'memory'): Promise<T> {
    return updateStatus(this.#context, this.#target(resource, object.metadata), object, { durability });
  }

  async delete<T extends KubeObject>(resource: Resource<T>, key: ObjectKey, options: DeleteOptions = {}): Promise<void> {
    await remove(this.#context, this.#target(resource, key), options);
  }

  watch<T extends KubeObject>(resource: Resource<T>, listener: (change: Change<T>) => void): Subscription {
    const { store } = this.#context;
    const revision = store.revision();
    for (const object of store.list(resource)) listener({ type: 'ADDED', object, revision });
    return store.watch(resource, revision, listener);
  }

  async bind(key: ObjectKey, node: string, uid?: string): Promise<Pod> {
    return bind(this.#context, this.#target(pods, key), { node, ...(uid === undefined ? {} : { uid }) });
  }

  async finalize(namespace: Namespace): Promise<Namespace> {
    return finalize(this.#context, this.#target(namespaces, namespace.metadata), namespace);
  }

  #target<T extends KubeObject>(resource: Resource<T>, { namespace, name }: ObjectKey): Target<T> {
    const kind = this.#context.kinds.of(resource);
    return resource.namespaced ? { kind, name, namespace: namespace ?? 'default' } : { kind, name };
  }
}
