import type { KubeObject, Resource } from '../../api/resource.js';
import type { Change, ObjectStore } from '../../contracts/index.js';

/** Every change after `since`, oldest first, without waiting. Throws Expired when the log no longer reaches back. */
export function changesSince(store: ObjectStore, resource: Resource, since: number): readonly Change[] {
  const changes: Change[] = [];
  store.watch(resource, since, (change) => changes.push(change)).stop();
  return changes;
}

const placeOf = ({ metadata: { namespace = '', name } }: KubeObject): string => `${namespace}/${name}`;

/**
 * The objects as they were at an older revision: today's, with the changes since then taken back. Costs the server no memory between
 * the pages of a list. Pure.
 */
export function rewind(objects: readonly KubeObject[], changes: readonly Change[]): readonly KubeObject[] {
  if (changes.length === 0) return objects;
  const known = new Map(objects.map((object) => [placeOf(object), object]));
  for (const { type, object, previous } of [...changes].reverse()) {
    const before = type === 'ADDED' ? undefined : (previous ?? object);
    if (before === undefined) known.delete(placeOf(object));
    else known.set(placeOf(before), before);
  }
  return [...known.values()].sort(byPlace);
}

/** The store's order: namespace, then name. */
export function byPlace(a: KubeObject, b: KubeObject): number {
  return compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') || compare(a.metadata.name, b.metadata.name);
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
