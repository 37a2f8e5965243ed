import { namespaces } from '../../api/resources.js';
import type { KindDefinition } from '../../api/kind.js';
import type { KubeObject } from '../../api/resource.js';
import { forbidden, notFound } from '../refusals.js';
import type { VerbContext } from './context.js';

/**
 * Refuses new objects in a namespace that does not exist or is going away.
 * k8s: admission plugin NamespaceLifecycle
 */
export function checkNamespace<T extends KubeObject>({ store }: VerbContext, { resource }: KindDefinition<T>, namespace: string | undefined, name: string): void {
  if (namespace === undefined) return;
  const found = store.newest(namespaces, { name: namespace });
  if (found === undefined) throw notFound(namespaces, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  throw forbidden(resource, name, `unable to create new content in namespace ${namespace} because it is being terminated`, {
    causes: [{ reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' }],
  });
}
