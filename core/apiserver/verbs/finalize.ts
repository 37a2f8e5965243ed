import type { KubeObject } from '../../api/resource.js';
import type { Target, VerbContext, WriteOptions } from './context.js';
import { newest } from './get.js';
import { checkIdentity, checkPreconditions, store } from './update.js';

interface Finalized extends KubeObject { readonly spec?: { readonly finalizers?: readonly string[] } }

/** PUT namespaces/x/finalize: takes only `spec.finalizers` of the body; the object goes when it was the last that held it. */
export async function finalize<T extends KubeObject>(context: VerbContext, target: Target<T>, next: T, options: WriteOptions = {}): Promise<T> {
  const previous = newest(context, target) as Finalized & T;
  checkIdentity(target, next);
  checkPreconditions(target, next, previous);
  const { finalizers: _before, ...spec } = previous.spec ?? {};
  const finalizers = (next as Finalized).spec?.finalizers ?? [];
  return store(context, target, { ...previous, spec: { ...spec, ...(finalizers.length === 0 ? {} : { finalizers }) } } as T, options);
}
