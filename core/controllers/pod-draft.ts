import type { Draft } from '../api/resource.js';
import type { OwnerReference, Pod, PodTemplateSpec } from '../api/types.js';

export interface PodPlace { readonly namespace: string; readonly name: string; readonly owner: OwnerReference }

/** A pod of a template. k8s: controller.GetPodFromTemplate */
export function podDraft({ metadata = {}, spec }: PodTemplateSpec, { namespace, name, owner }: PodPlace): Draft<Pod> {
  const { labels, annotations, finalizers } = metadata;
  return {
    metadata: {
      namespace, name, generateName: `${owner.name}-`, ownerReferences: [owner],
      ...(labels && { labels }), ...(annotations && { annotations }), ...(finalizers && { finalizers }),
    },
    spec,
  };
}
