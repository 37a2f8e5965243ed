import type { KindDefinition, Strategy } from '../../api/kind.js';
import type { KubeObject } from '../../api/resource.js';
import type { Clock, Durability, ObjectStore, Random } from '../../contracts/index.js';
import type { Kinds } from '../kinds.js';

/** What every verb stands on. */
export interface VerbContext {
  readonly store: ObjectStore;
  readonly kinds: Kinds;
  readonly clock: Clock;
  readonly random: Random;
}

/** One object of a kind; `namespace` is undefined for cluster-wide kinds. */
export interface Target<T extends KubeObject = KubeObject> {
  readonly kind: KindDefinition<T>;
  readonly namespace?: string;
  readonly name: string;
}

/** How unknown and duplicate fields of a body are taken. k8s: reference/using-api/api-concepts#field-validation */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export interface WriteOptions {
  /** Everything but the write. */
  readonly dryRun?: boolean;
  readonly durability?: Durability;
  /** Receives the texts of `Warning:` headers. */
  readonly warn?: (text: string) => void;
}

export const keyOf = <T extends KubeObject>({ namespace, name }: Target<T>): { readonly namespace?: string; readonly name: string } =>
  (namespace === undefined ? { name } : { namespace, name });

/** Does this kind count its generations? k8s: ObjectMeta.generation */
export const hasGeneration = <T extends KubeObject>(strategy: Strategy<T>, object: object): boolean =>
  strategy.hasGeneration ?? 'spec' in object;
