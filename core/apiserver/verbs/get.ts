import type { KubeObject } from '../../api/resource.js';
import { badRequest, notFound, tooLargeResourceVersion } from '../refusals.js';
import { keyOf, type Target, type VerbContext } from './context.js';

/** The object as readers see it. Throws NotFound. */
export function get<T extends KubeObject>({ store }: VerbContext, target: Target<T>): T {
  const object = store.get(target.kind.resource, keyOf(target));
  if (object === undefined) throw notFound(target.kind.resource, target.name);
  return object;
}

/** The object as the next write must be based on. Throws NotFound. */
export function newest<T extends KubeObject>({ store }: VerbContext, target: Target<T>): T {
  const object = store.newest(target.kind.resource, keyOf(target));
  if (object === undefined) throw notFound(target.kind.resource, target.name);
  return object;
}

/** '' or absent → undefined. Throws BadRequest for what is not a revision, Timeout for one that is not reached yet. */
export function parseResourceVersion(text: string | undefined, current: number): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`Invalid value: "${text.slice(0, 64)}": resourceVersion must be a non-negative integer`);
  const revision = Number(text);
  if (revision > current) throw tooLargeResourceVersion(revision, current);
  return revision;
}
