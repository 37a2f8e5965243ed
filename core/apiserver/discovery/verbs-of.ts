import type { KindDefinition } from '../../api/kind.js';

/** k8s: what a full REST storage offers, in discovery's order. */
export const resourceVerbs: readonly string[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

type Subresource = KindDefinition['subresources'][number];
export interface GroupVersionKind { readonly group: string; readonly version: string; readonly kind: string }

/** What each subresource speaks, and how. `undefined` is the kind itself. */
export const subresources: Readonly<Record<Subresource, { readonly verbs: readonly string[]; readonly speaks?: GroupVersionKind }>> = {
  status: { verbs: ['get', 'patch', 'update'] },
  scale: { verbs: ['get', 'patch', 'update'], speaks: { group: 'autoscaling', version: 'v1', kind: 'Scale' } },
  log: { verbs: ['get'] },
  eviction: { verbs: ['create'], speaks: { group: 'policy', version: 'v1', kind: 'Eviction' } },
  binding: { verbs: ['create'], speaks: { group: '', version: 'v1', kind: 'Binding' } },
  finalize: { verbs: ['update'] },
};
