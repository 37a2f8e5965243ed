import type { KindDefinition } from '../api/kind.js';
import { apiVersionOf, type KubeObject, type Resource } from '../api/resource.js';

/** What a request path names: `/apis/<group>/<version>/…/<plural>`. */
export interface ResourceName { readonly group: string; readonly version: string; readonly plural: string }

const pathOf = ({ group, version, plural }: ResourceName): string => `${group}/${version}/${plural}`;

/**
 * The kinds that are served right now. Verbs, discovery, OpenAPI, tables and watches all ask here at the time of the request, so a
 * CustomResourceDefinition is `add` and `remove` at run time.
 */
export class Kinds {
  readonly #byPath = new Map<string, KindDefinition>();
  readonly #byKey = new Map<string, KindDefinition>();
  #edition = 0;

  constructor(definitions: Iterable<KindDefinition> = []) {
    for (const definition of definitions) this.add(definition);
  }

  /** Rises with every change: documents derived from the table are remade when it differs. */
  get edition(): number { return this.#edition; }

  /** Adds or replaces the row of a resource. */
  add(definition: KindDefinition): void {
    this.#byPath.set(pathOf(definition.resource), definition);
    this.#byKey.set(definition.resource.key, definition);
    this.#edition += 1;
  }

  /** Objects stay in the store; they are only not served any more. */
  remove(resource: Pick<Resource, 'group' | 'version' | 'plural' | 'key'>): void {
    this.#byPath.delete(pathOf(resource));
    this.#byKey.delete(resource.key);
    this.#edition += 1;
  }

  find(name: ResourceName): KindDefinition | undefined { return this.#byPath.get(pathOf(name)); }

  /** The row of a resource known at compile time. A resource that is not served is a mistake of the caller. */
  of<T extends KubeObject>(resource: Resource<T>): KindDefinition<T> {
    const definition = this.#byKey.get(resource.key);
    if (definition === undefined) throw new Error(`the resource '${resource.key}' is not registered`);
    return definition as unknown as KindDefinition<T>;
  }

  /** In the order they were added. */
  all(): readonly KindDefinition[] { return [...this.#byPath.values()]; }

  /** Whether anything is served under `/apis/<group>/<version>`. */
  serves(group: string, version: string): boolean {
    const wanted = apiVersionOf({ group, version });
    return this.all().some((definition) => apiVersionOf(definition.resource) === wanted);
  }
}
