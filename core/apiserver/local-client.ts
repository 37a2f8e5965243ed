import { events, leases, namespaces, pods } from '../api/resources.js';
import type { Draft, KubeObject, Resource } from '../api/resource.js';
import type { DeleteOptions, Namespace, Pod } from '../api/types.js';
import type { Change, Client, Durability, ObjectKey, StoreQuery, Subscription } from '../contracts/index.js';
import type { Subresources } from '../contracts/subresources.js';
import { same } from './same.js';
import { bind } from './verbs/binding.js';
import { keyOf, type Target, type VerbContext } from './verbs/context.js';
import { create } from './verbs/create.js';
import { remove } from './verbs/delete.js';
import { finalize } from './verbs/finalize.js';
import { updateStatus } from './verbs/status.js';
import { checkPreconditions, update } from './verbs/update.js';

const specOf = (object: object): { readonly nodeName?: string; readonly finalizers?: readonly string[] } =>
  ('spec' in object && typeof object.spec === 'object' && object.spec !== null ? object.spec : {});
const nodeOf = (object: object): string => specOf(object).nodeName ?? '';
const finalizersOf = (object: object): readonly string[] => specOf(object).finalizers ?? [];

/** What the master itself writes of these is observation: not worth a flash write, and made again after a restart. */
const observations: ReadonlySet<string> = new Set([events.key, leases.key]);
const durabilityOf = ({ key }: Resource): { readonly durability: Durability } => ({ durability: observations.has(key) ? 'memory' : 'journal' });

/** The API for what runs inside the master: the same verbs as over HTTPS, without the network. */
export class LocalClient implements Client, Subresources {
  readonly #context: VerbContext;

  constructor(context: VerbContext) { this.#context = context; }

  get<T extends KubeObject>(resource: Resource<T>, key: ObjectKey): T | undefined { return this.#context.store.get(resource, key); }

  list<T extends KubeObject>(resource: Resource<T>, query: StoreQuery = {}): readonly T[] { return this.#context.store.list(resource, query); }

  async create<T extends KubeObject>(resource: Resource<T>, draft: Draft<T>): Promise<T> {
    const namespace = resource.namespaced ? (draft.metadata.namespace ?? 'default') : undefined;
    return create(this.#context, { kind: this.#context.kinds.of(resource), ...(namespace === undefined ? {} : { namespace }) }, draft, durabilityOf(resource));
  }

  /** Inside the master an update may also bind a pod or take a namespace's finalizers away, which are subresources over HTTP. */
  async update<T extends KubeObject>(resource: Resource<T>, object: T): Promise<T> {
    const target = this.#target(resource, object.metadata);
    const previous = this.#context.store.newest(resource, keyOf(target));
    if (previous !== undefined && target.kind.subresources.includes('finalize') && !same(finalizersOf(object), finalizersOf(previous))) return finalize(this.#context, target, object);
    const node = nodeOf(object);
    if (previous !== undefined && node !== '' && nodeOf(previous) === '' && target.kind.subresources.includes('binding')) {
      checkPreconditions(target, object, previous);
      return await bind(this.#context, target as unknown as Target<Pod>, { node }) as unknown as T;
    }
    return update(this.#context, target, object, durabilityOf(resource));
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
