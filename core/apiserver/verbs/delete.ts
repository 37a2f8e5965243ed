import type { KubeObject } from '../../api/resource.js';
import { namespaces } from '../../api/resources.js';
import type { DeleteOptions } from '../../api/types.js';
import { conflict, forbidden, invalid } from '../refusals.js';
import { keyOf, type Target, type VerbContext, type WriteOptions } from './context.js';
import { newest } from './get.js';
import { decideDeletion } from './graceful-deletion.js';

/** The object as it is after the DELETE: `gone`, or lingering with a deletionTimestamp. */
export interface Deleted<T extends KubeObject> { readonly object: T; readonly gone: boolean }

/** k8s: admission plugin NamespaceLifecycle */
const immortal: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** DELETE of one object. */
export async function remove<T extends KubeObject>(context: VerbContext, target: Target<T>, deleteOptions: DeleteOptions = {}, options: WriteOptions = {}): Promise<Deleted<T>> {
  const { kind, name } = target;
  checkOptions(deleteOptions);
  const object = newest(context, target);
  checkPreconditions(target, object, deleteOptions);
  if (kind.resource.key === namespaces.key && immortal.has(name)) throw forbidden(kind.resource, name, 'this namespace may not be deleted');
  const decision = decideDeletion({ object, options: deleteOptions, grace: kind.strategy.graceSeconds?.(object), now: context.clock.now() });
  if (decision.kind === 'wait') return { object: stillGoing(target, object), gone: false };
  if (options.dryRun === true) return { object: decision.kind === 'mark' ? decision.object : object, gone: decision.kind === 'remove' };
  if (decision.kind === 'mark') return { object: await context.store.update(kind.resource, terminating(target, decision.object)), gone: false };
  const { uid, resourceVersion } = object.metadata;
  return { object: await context.store.delete(kind.resource, keyOf(target), { uid, resourceVersion }), gone: true };
}

/** Kinds that are finalized by their own subresource say in their status that they are going. */
function terminating<T extends KubeObject>({ kind }: Target<T>, object: T): T {
  if (!kind.subresources.includes('finalize')) return object;
  const status: unknown = 'status' in object ? object.status : {};
  return { ...object, status: { ...(status as object), phase: 'Terminating' } };
}

function stillGoing<T extends KubeObject>({ kind, name }: Target<T>, object: T): T {
  if (!kind.subresources.includes('finalize')) return object;
  throw conflict(kind.resource, name, 'The system is ensuring all content is removed from this namespace.  Upon completion, this namespace will automatically be purged by the system.');
}

function checkPreconditions<T extends KubeObject>({ kind, name }: Target<T>, { metadata }: T, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid !== undefined && uid !== '' && uid !== metadata.uid) {
    throw conflict(kind.resource, name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`);
  }
  if (resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== metadata.resourceVersion) {
    throw conflict(kind.resource, name, `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`);
  }
}

const policies: readonly string[] = ['Foreground', 'Background', 'Orphan'];
const deleteOptionsKind = { resource: { group: 'meta.k8s.io', kind: 'DeleteOptions', version: 'v1', plural: '', namespaced: false, key: '' } } as const;

/** k8s: apimachinery validation.ValidateDeleteOptions */
export function checkOptions({ propagationPolicy, orphanDependents }: DeleteOptions): void {
  if (propagationPolicy !== undefined && orphanDependents !== undefined) {
    throw invalid(deleteOptionsKind, '', [{ type: 'Invalid', field: 'propagationPolicy', value: propagationPolicy, detail: 'orphanDependents and deletionPropagation cannot be both set' }]);
  }
  if (propagationPolicy !== undefined && !policies.includes(propagationPolicy)) {
    throw invalid(deleteOptionsKind, '', [{ type: 'NotSupported', field: 'propagationPolicy', value: propagationPolicy, detail: 'supported values: "Foreground", "Background", "Orphan", "nil"' }]);
  }
}
