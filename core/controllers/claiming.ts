import { controllerReference } from '../api/owners.js';
import type { KubeObject, Resource } from '../api/resource.js';
import { isStatusError } from '../api/status-error.js';
import type { LabelSelector } from '../api/types.js';
import type { Client } from '../contracts/client.js';
import { planClaims, type Claims } from './claims.js';

export interface Owner<O extends KubeObject> {
  readonly resource: Resource<O>;
  readonly object: O;
  readonly selector: LabelSelector | undefined;
}

/** Everything in the owner's namespace that it references or selects; found by index, not by looking at all. */
export function candidates<T extends KubeObject, O extends KubeObject>(client: Client, resource: Resource<T>, { object, selector }: Owner<O>): readonly T[] {
  const { namespace, uid } = object.metadata;
  if (namespace === undefined) return [];
  const owned = client.list(resource, { namespace, owner: uid });
  const labels = selector?.matchLabels ?? {};
  const selected = client.list(resource, { namespace, ...(Object.keys(labels).length > 0 && { labels }) });
  return [...new Set([...owned, ...selected])];
}

/** Adopts and releases, and answers what the owner owns then, in the order of the store. */
export async function claim<T extends KubeObject, O extends KubeObject>(client: Client, resource: Resource<T>, owner: Owner<O>): Promise<readonly T[]> {
  const claims: Claims<T> = planClaims(owner.object, owner.selector, candidates(client, resource, owner));
  const reference = controllerReference(owner.resource, owner.object);
  const adopted: T[] = [];
  for (const object of claims.adopt) {
    const references = [...(object.metadata.ownerReferences ?? []), reference];
    const next = await unlessVanished(client.update(resource, { ...object, metadata: { ...object.metadata, ownerReferences: references } }));
    if (next) adopted.push(next);
  }
  for (const object of claims.release) {
    const references = (object.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== owner.object.metadata.uid);
    await unlessVanished(client.update(resource, { ...object, metadata: { ...object.metadata, ownerReferences: references } }));
  }
  return [...claims.owned, ...adopted];
}

async function unlessVanished<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}
