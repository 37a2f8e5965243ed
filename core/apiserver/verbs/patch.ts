import type { KubeObject } from '../../api/resource.js';
import type { Target, VerbContext } from './context.js';
import { newest } from './get.js';

/** A patch of any kind: what it makes of the newest object, and what of the result is stored. */
export interface PatchSteps<T extends KubeObject, S extends object> {
  /** What the patch speaks about: the object itself, or its Scale. */
  base(object: T): S;
  /** Applies the patch and reads the result as an object of the kind. Throws StatusError. */
  apply(base: S): S;
  /** One of the other verbs. */
  write(next: S): Promise<S>;
}

/** PATCH: the newest object, patched and written without a pause in between, so that nobody else's write is lost. */
export async function patch<T extends KubeObject, S extends object>(context: VerbContext, target: Target<T>, { base, apply, write }: PatchSteps<T, S>): Promise<S> {
  return write(apply(base(newest(context, target))));
}
