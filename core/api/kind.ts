import type { Draft, KubeObject, Resource } from './resource.js';

/** One complaint, as Kubernetes words it: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`. k8s: apimachinery field.Error */
export interface FieldError {
  readonly type: 'Required' | 'Invalid' | 'NotSupported' | 'Duplicate' | 'Forbidden' | 'TooLong' | 'TooMany' | 'NotFound' | 'TypeInvalid';
  /** `spec.template.spec.containers[0].image` */
  readonly field: string;
  readonly value?: unknown;
  readonly detail: string;
}

/** Column of `kubectl get`; `wide` ones only show with `-o wide`. k8s: pkg/printers/internalversion */
export interface Column<T extends KubeObject> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date' | 'boolean';
  readonly format?: 'name';
  readonly description?: string;
  readonly wide?: boolean;
  /** The cell. `now` is ms since 1970: ages are fixed when the row is made. */
  cell(object: T, now: number): string | number | boolean;
}

/** What makes one kind behave as it does. All pure. */
export interface Strategy<T extends KubeObject> {
  /** Fills in what the user left out. Idempotent. */
  readonly defaults?: (draft: Draft<T>) => Draft<T>;
  /** Decides what the server owns on a new object (clears status, sets phase, …). Runs after defaulting. */
  readonly prepareForCreate?: (draft: Draft<T>) => Draft<T>;
  /** Same for an update of the main resource; the server has already kept status, uid, creationTimestamp. */
  readonly prepareForUpdate?: (next: T, previous: T) => T;
  readonly validate: (object: Draft<T>) => readonly FieldError[];
  /** Besides `validate`: what may not change. */
  readonly validateUpdate?: (next: T, previous: T) => readonly FieldError[];
  /** `Warning:` headers for an accepted object. */
  readonly warnings?: (object: Draft<T>) => readonly string[];
  /** Does a change from `previous` to `next` raise metadata.generation? Default: when `spec` differs. */
  readonly generationChanges?: (next: T, previous: T) => boolean;
  /** Whether this kind has a generation at all. ConfigMap, Secret, Event, … do not. Default true when the message has a `spec`. */
  readonly hasGeneration?: boolean;
  /** Seconds a delete lingers, for kinds that stop gracefully (Pod); undefined deletes at once. */
  readonly graceSeconds?: (object: T) => number | undefined;
}

/** One row of the registry. Verbs, discovery, OpenAPI, tables and watches derive from it. */
export interface KindDefinition<T extends KubeObject = KubeObject> {
  readonly resource: Resource<T>;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Its message in the schema table: `apps/v1.Deployment`. */
  readonly message: string;
  readonly subresources: readonly ('status' | 'scale' | 'log' | 'eviction' | 'binding' | 'finalize')[];
  readonly strategy: Strategy<T>;
  readonly columns: readonly Column<T>[];
  /** Field selectors besides metadata.name and metadata.namespace: label → value ('' when absent). */
  readonly fields: Readonly<Record<string, (object: T) => string>>;
}

/** Binds T while a row is written; the registry is a list of many types. */
export const kind = <T extends KubeObject>(definition: KindDefinition<T>): KindDefinition => definition as unknown as KindDefinition;
