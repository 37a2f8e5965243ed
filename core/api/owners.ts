import { apiVersionOf, type KubeObject, type Resource } from './resource.js';
import type { OwnerReference } from './types.js';

/** The managing owner, if any. */
export const controllerOf = (object: KubeObject): OwnerReference | undefined => object.metadata.ownerReferences?.find(({ controller }) => controller === true);

export const isControlledBy = (object: KubeObject, owner: KubeObject): boolean => controllerOf(object)?.uid === owner.metadata.uid;

/** k8s: metav1.NewControllerRef */
export const controllerReference = <T extends KubeObject>(resource: Resource<T>, owner: T): OwnerReference => ({
  apiVersion: apiVersionOf(resource), kind: resource.kind, name: owner.metadata.name, uid: owner.metadata.uid, controller: true, blockOwnerDeletion: true,
});
