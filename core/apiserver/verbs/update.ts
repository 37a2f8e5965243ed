import { apiVersionOf, type KubeObject } from '../../api/resource.js';
import type { FieldError, KindDefinition } from '../../api/kind.js';
import type { ObjectMeta } from '../../api/types.js';
import { badRequest, conflict, invalid, modifiedMeanwhile } from '../refusals.js';
import { same } from '../same.js';
import { hasGeneration, type Target, type VerbContext, type WriteOptions } from './context.js';
import { newest } from './get.js';
import { isDone } from './graceful-deletion.js';

/** PUT of the main resource: spec and metadata; status stays as it is. */
export async function update<T extends KubeObject>(context: VerbContext, target: Target<T>, next: T, options: WriteOptions = {}): Promise<T> {
  return store(context, target, replaceSpec(context, target, next, options), options);
}

/**
 * Writes an object that is based on the newest one. An object that was only waiting for its last finalizer goes with it.
 * Between reading the newest and this write nothing awaits, so nothing comes between.
 */
export async function store<T extends KubeObject>({ store: objects }: VerbContext, { kind }: Target<T>, next: T, options: WriteOptions): Promise<T> {
  if (options.dryRun === true) return next;
  const written = await objects.update(kind.resource, next, options.durability === undefined ? {} : { durability: options.durability });
  if (!isDone(written)) return written;
  const { namespace, name, uid } = written.metadata;
  return objects.delete(kind.resource, namespace === undefined ? { name } : { namespace, name }, { uid });
}

/** What would be stored. Throws NotFound, Conflict, Invalid. */
export function replaceSpec<T extends KubeObject>(context: VerbContext, target: Target<T>, next: T, options: WriteOptions = {}): T {
  const previous = newest(context, target);
  checkIdentity(target, next);
  checkPreconditions(target, next, previous);
  const { strategy } = target.kind;
  const withMeta = { ...keepStatus(next, previous), apiVersion: apiVersionOf(target.kind.resource), kind: target.kind.resource.kind, metadata: keepMeta(next.metadata, previous.metadata) };
  const defaulted = (strategy.defaults?.(withMeta) ?? withMeta) as unknown as T;
  refuse(target, strategy.validate(defaulted));
  const prepared = strategy.prepareForUpdate?.(defaulted, previous) ?? defaulted;
  refuse(target, [...finalizerErrors(prepared, previous), ...(strategy.validateUpdate?.(prepared, previous) ?? [])]);
  for (const text of strategy.warnings?.(prepared) ?? []) options.warn?.(text);
  return withGeneration(target.kind, prepared, previous);
}

function refuse<T extends KubeObject>({ kind, name }: Target<T>, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalid(kind, name, errors);
}

/** The body must speak of the object the URL names; Helm leaves the namespace out. */
export function checkIdentity<T extends KubeObject>({ namespace, name }: Target<T>, { metadata }: T): void {
  if (metadata.name !== undefined && metadata.name !== '' && metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  if (namespace !== undefined && metadata.namespace !== undefined && metadata.namespace !== '' && metadata.namespace !== namespace) {
    throw badRequest(`the namespace of the object (${metadata.namespace}) does not match the namespace on the URL (${namespace})`);
  }
}

/** Optimistic locking: a resourceVersion or uid in the body must be the newest. */
export function checkPreconditions<T extends KubeObject>({ kind, name }: Target<T>, { metadata }: T, previous: T): void {
  const { resourceVersion, uid } = metadata;
  if (uid !== undefined && uid !== '' && uid !== previous.metadata.uid) {
    throw conflict(kind.resource, name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${previous.metadata.uid}`);
  }
  if (resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== previous.metadata.resourceVersion) {
    throw conflict(kind.resource, name, modifiedMeanwhile);
  }
}

/** What no client can change. k8s: rest.BeforeUpdate */
export function keepMeta(next: ObjectMeta, previous: ObjectMeta): ObjectMeta {
  const {
    deletionTimestamp: _deleted, deletionGracePeriodSeconds: _grace, generation: _generation, selfLink: _link, managedFields: _managed, ...rest
  } = next;
  const { name, namespace, uid, resourceVersion, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds, generateName } = previous;
  return {
    ...rest, name, uid, resourceVersion, creationTimestamp,
    ...(namespace === undefined ? {} : { namespace }),
    ...(generateName === undefined ? {} : { generateName }),
    ...(generation === undefined ? {} : { generation }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(deletionGracePeriodSeconds === undefined ? {} : { deletionGracePeriodSeconds }),
  };
}

/** `next` with the status that is stored. */
function keepStatus<T extends KubeObject>(next: T, previous: T): T {
  if (!('status' in next) && !('status' in previous)) return next;
  const { status: _status, ...rest } = next as T & { readonly status?: unknown };
  return ('status' in previous ? { ...rest, status: previous.status } : rest) as unknown as T;
}

/** k8s: apimachinery validation.ValidateObjectMetaAccessorUpdate */
function finalizerErrors<T extends KubeObject>(next: T, previous: T): readonly FieldError[] {
  if (previous.metadata.deletionTimestamp === undefined) return [];
  const before = new Set(previous.metadata.finalizers);
  const added = (next.metadata.finalizers ?? []).filter((finalizer) => !before.has(finalizer));
  if (added.length === 0) return [];
  const shown = `[]string{${added.map((text) => JSON.stringify(text)).join(', ')}}`;
  return [{ type: 'Forbidden', field: 'metadata.finalizers', detail: `no new finalizers can be added if the object is being deleted, found new finalizers ${shown}` }];
}

function withGeneration<T extends KubeObject>({ strategy }: KindDefinition<T>, next: T, previous: T): T {
  if (!hasGeneration(strategy, next)) return next;
  const changed = strategy.generationChanges?.(next, previous) ?? !same(specOf(next), specOf(previous));
  if (!changed) return next;
  return { ...next, metadata: { ...next.metadata, generation: (previous.metadata.generation ?? 0) + 1 } };
}

const specOf = (object: object): unknown => ('spec' in object ? object.spec : undefined);
