import type { KindDefinition } from '../../api/kind.js';
import { StatusError } from '../../api/status-error.js';
import type { Kinds } from '../kinds.js';
import { badRequest } from '../refusals.js';
import type { Target } from '../verbs/context.js';
import type { ResourceRoute } from './route.js';

/** A route whose resource is served. `namespace` is undefined for cluster-wide kinds and for lists over all namespaces. */
export interface ResourceTarget {
  readonly kind: KindDefinition;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

export const noSuchResource = (): StatusError => new StatusError('NotFound', 'the server could not find the requested resource');

/** Throws NotFound when nothing of this name is served. */
export function resolveTarget(kinds: Kinds, route: ResourceRoute): ResourceTarget {
  const kind = kinds.find(route);
  if (kind === undefined) throw noSuchResource();
  const { namespaced } = kind.resource;
  if (!namespaced && route.namespace !== undefined) throw noSuchResource();
  if (namespaced && route.namespace === undefined && route.name !== undefined) throw noSuchResource();
  if (route.subresource !== undefined && !(kind.subresources as readonly string[]).includes(route.subresource)) throw noSuchResource();
  const { namespace, name, subresource } = route;
  return { kind, ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }), ...(subresource === undefined ? {} : { subresource }) };
}

/** Throws BadRequest when the URL names no object. */
export function targetOf({ kind, namespace, name }: ResourceTarget): Target {
  if (name === undefined) throw badRequest('resource name may not be empty');
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
