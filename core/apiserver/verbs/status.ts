import type { KubeObject } from '../../api/resource.js';
import { same } from '../same.js';
import type { Target, VerbContext, WriteOptions } from './context.js';
import { newest } from './get.js';
import { checkIdentity, checkPreconditions, store } from './update.js';

/** PUT …/status: takes only `status` of the body. */
export async function updateStatus<T extends KubeObject>(context: VerbContext, target: Target<T>, next: T, options: WriteOptions = {}): Promise<T> {
  const previous = newest(context, target);
  checkIdentity(target, next);
  checkPreconditions(target, next, previous);
  const status: unknown = 'status' in next ? next.status : undefined;
  if (same(status, 'status' in previous ? previous.status : undefined)) return previous;
  return store(context, target, { ...previous, status } as unknown as T, options);
}
