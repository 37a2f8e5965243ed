import type { Namespace, Pod } from '../api/types.js';
import type { ObjectKey } from './object-store.js';
import { token, type Token } from './token.js';

/** Writes that are not PUT of an object, for what runs inside the master. Every rejection is a StatusError. */
export interface Subresources {
  /** `POST pods/x/binding`: gives an unbound pod to a node. Conflict when it has one already or is being deleted; NotFound. */
  bind(pod: ObjectKey, node: string, uid?: string): Promise<Pod>;
  /** `PUT namespaces/x/finalize`: takes only `spec.finalizers`; a namespace that is being deleted goes with its last one. */
  finalize(namespace: Namespace): Promise<Namespace>;
}
export const Subresources: Token<Subresources> = token<Subresources>('Subresources');
