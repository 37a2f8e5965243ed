import { selectorMatches } from '../api/labels.js';
import { controllerOf } from '../api/owners.js';
import { apiVersionOf, type KubeObject, type Resource } from '../api/resource.js';
import type { LabelSelector } from '../api/types.js';
import type { Client } from '../contracts/client.js';
import type { Change } from '../contracts/object-store.js';
import { textKey } from './object-key.js';

interface Selecting extends KubeObject { readonly spec: { readonly selector?: LabelSelector } }

/** Keys of the owners of one kind that a change concerns: the controller it has or had, or, for an orphan, whoever selects it. */
export function ownerKeys<O extends Selecting, T extends KubeObject>(client: Client, resource: Resource<O>, { object, previous }: Change<T>): readonly string[] {
  const now = controllerKey(resource, object);
  const before = previous && controllerKey(resource, previous);
  const keys = [...new Set([now, before].filter((key) => key !== undefined))];
  if (now !== undefined || controllerOf(object) !== undefined) return keys;
  const { namespace } = object.metadata;
  const selecting = namespace === undefined ? [] : client.list(resource, { namespace }).filter(({ spec }) => selectorMatches(spec.selector, object.metadata.labels));
  return [...new Set([...keys, ...selecting.map(textKey)])];
}

function controllerKey(resource: Resource, object: KubeObject): string | undefined {
  const controller = controllerOf(object);
  if (controller?.kind !== resource.kind || controller.apiVersion !== apiVersionOf(resource)) return undefined;
  return `${object.metadata.namespace ?? ''}/${controller.name}`;
}
