import type { ObjectMeta } from './types.js';

/** Any API object. Stored objects are complete and immutable. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
}

/** An object on its way in: the server still has to fill in uid, resourceVersion and the like. */
export type Draft<T extends KubeObject> = Omit<T, 'metadata'> & { readonly metadata: Partial<ObjectMeta> };

/** Names one REST resource and, at compile time, the type of its objects. CustomResourceDefinitions make these at run time. */
export interface Resource<T extends KubeObject = KubeObject> {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  /** `deployments` */
  readonly plural: string;
  /** `Deployment` */
  readonly kind: string;
  readonly namespaced: boolean;
  /** `deployments.apps`, `pods`: unique, also the store's bucket. */
  readonly key: string;
  /** Only carries the type; never set. */
  readonly object?: T;
}

/** Makes a {@link Resource}; `key` is `plural.group` as in `kubectl get deployments.apps`. */
export function resource<T extends KubeObject>(group: string, version: string, plural: string, kind: string, scope: 'Namespaced' | 'Cluster'): Resource<T> {
  return { group, version, plural, kind, namespaced: scope === 'Namespaced', key: group === '' ? plural : `${plural}.${group}` };
}

/** `v1`, `apps/v1` */
export const apiVersionOf = ({ group, version }: Pick<Resource, 'group' | 'version'>): string => (group === '' ? version : `${group}/${version}`);
