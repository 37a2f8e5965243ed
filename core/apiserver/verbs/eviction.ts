import type { DeleteOptions, Pod } from '../../api/types.js';
import type { Target, VerbContext, WriteOptions } from './context.js';
import { remove } from './delete.js';

/** POST pods/x/eviction: a polite DELETE. Nothing guards pods yet: there are no PodDisruptionBudgets. k8s: concepts/scheduling-eviction/api-eviction */
export async function evict(context: VerbContext, target: Target<Pod>, deleteOptions: DeleteOptions = {}, options: WriteOptions = {}): Promise<void> {
  await remove(context, target, deleteOptions, options);
}
