import type { KubeObject } from '../../api/resource.js';
import type { DeleteOptions, ObjectMeta } from '../../api/types.js';

/** What a DELETE does to an object. Pure. */
export type Deletion<T extends KubeObject> =
  /** Gone at once. */
  | { readonly kind: 'remove' }
  /** Marked; something (a node, a controller) finishes it. */
  | { readonly kind: 'mark'; readonly object: T }
  /** Already marked, and nothing about it changes. */
  | { readonly kind: 'wait' };

export interface DeletionInput<T extends KubeObject> {
  readonly object: T;
  readonly options: DeleteOptions;
  /** Seconds the kind asks for this object; undefined when it does not stop gracefully. */
  readonly grace: number | undefined;
  /** ms since 1970. */
  readonly now: number;
}

/** Finalizers of the garbage collector. k8s: concepts/architecture/garbage-collection */
const collectorFinalizers: Readonly<Record<string, string>> = { Orphan: 'orphan', Foreground: 'foregroundDeletion' };

/** What still holds an object that is being deleted: its finalizers and, for namespaces, those of its spec. */
const holders = ({ metadata }: KubeObject, spec: unknown): readonly string[] => {
  const inSpec: unknown = typeof spec === 'object' && spec !== null && 'finalizers' in spec ? spec.finalizers : undefined;
  return [...(metadata.finalizers ?? []), ...(Array.isArray(inSpec) ? (inSpec as string[]) : [])];
};
const specOf = (object: object): unknown => ('spec' in object ? object.spec : undefined);

/** Whether nothing holds a marked object any more: k8s Store.deleteWithoutFinalizers */
export const isDone = (object: KubeObject): boolean =>
  object.metadata.deletionTimestamp !== undefined && (object.metadata.deletionGracePeriodSeconds ?? 0) === 0 && holders(object, specOf(object)).length === 0;

/** k8s: rest.BeforeDelete and Store.Delete */
export function decideDeletion<T extends KubeObject>({ object, options, grace, now }: DeletionInput<T>): Deletion<T> {
  const finalizers = finalizersAfter(object.metadata, options);
  const seconds = graceSeconds(object.metadata, options, grace);
  const held = holders({ ...object, metadata: { ...object.metadata, finalizers } }, specOf(object)).length > 0;
  if (seconds === 0 && !held) return { kind: 'remove' };
  const metadata = marked(object.metadata, { finalizers, seconds, now });
  return metadata === undefined ? { kind: 'wait' } : { kind: 'mark', object: { ...object, metadata } };
}

function finalizersAfter({ finalizers = [] }: ObjectMeta, { propagationPolicy, orphanDependents }: DeleteOptions): readonly string[] {
  const policy = propagationPolicy ?? (orphanDependents === undefined ? undefined : orphanDependents ? 'Orphan' : 'Background');
  if (policy === undefined) return finalizers;
  const others = finalizers.filter((finalizer) => !Object.values(collectorFinalizers).includes(finalizer));
  const wanted = collectorFinalizers[policy];
  return wanted === undefined ? others : [...others, wanted];
}

/** The kind's own period, or the caller's; a kind that does not stop gracefully takes no notice. */
function graceSeconds({ deletionTimestamp, deletionGracePeriodSeconds }: ObjectMeta, { gracePeriodSeconds }: DeleteOptions, grace: number | undefined): number {
  if (grace === undefined || grace === 0) return 0;
  const asked = gracePeriodSeconds ?? grace;
  // k8s: a negative period means one second
  const wanted = asked < 0 ? 1 : asked;
  // A second delete may only shorten.
  return deletionTimestamp === undefined ? wanted : Math.min(wanted, deletionGracePeriodSeconds ?? 0);
}

interface Mark { readonly finalizers: readonly string[]; readonly seconds: number; readonly now: number }

/** Undefined when the object is marked like this already. */
function marked(metadata: ObjectMeta, { finalizers, seconds, now }: Mark): ObjectMeta | undefined {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, generation, finalizers: _before, ...rest } = metadata;
  const before = metadata.finalizers ?? [];
  const unchanged = finalizers.length === before.length && finalizers.every((finalizer) => before.includes(finalizer));
  if (deletionTimestamp !== undefined && seconds === deletionGracePeriodSeconds && unchanged) return undefined;
  const since = deletionTimestamp === undefined ? now : Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1000;
  const rise = deletionTimestamp === undefined ? 1 : 0;
  return {
    ...rest,
    ...(finalizers.length === 0 ? {} : { finalizers }),
    ...(generation === undefined ? {} : { generation: generation + rise }),
    deletionTimestamp: `${new Date(since + seconds * 1000).toISOString().slice(0, 19)}Z`,
    deletionGracePeriodSeconds: seconds,
  };
}
