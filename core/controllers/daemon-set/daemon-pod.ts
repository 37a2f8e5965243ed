import type { Draft } from '../../api/resource.js';
import type { DaemonSet, OwnerReference, Pod, PodSpec } from '../../api/types.js';
import { podDraft } from '../pod-draft.js';
import { daemonTolerations } from './eligibility.js';

export const hashLabel = 'controller-revision-hash';
const generationAnnotation = 'deprecated.daemonset.template.generation';

/** Pins to one node; takes the place of the template's own terms, which have been met already. k8s: ReplaceDaemonSetPodNodeNameNodeAffinity */
function pinned({ affinity, ...spec }: PodSpec, node: string): PodSpec {
  const nodeAffinity = {
    ...affinity?.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }] },
  };
  return { ...spec, affinity: { ...affinity, nodeAffinity } };
}

export interface DaemonPodPlace { readonly name: string; readonly node: string; readonly hash: string; readonly owner: OwnerReference }

export function daemonPod({ metadata, spec: { template } }: DaemonSet, { name, node, hash, owner }: DaemonPodPlace): Draft<Pod> {
  const labels = { ...template.metadata?.labels, [hashLabel]: hash, 'pod-template-generation': metadata.annotations?.[generationAnnotation] ?? '1' };
  const spec = { ...pinned(template.spec, node), tolerations: daemonTolerations(template.spec) };
  return podDraft({ metadata: { ...template.metadata, labels }, spec }, { namespace: metadata.namespace ?? '', name, owner });
}

/** The node a daemon pod is on, or is meant for while the scheduler has not bound it yet. k8s: util.GetTargetNodeName */
export function targetNode({ spec: { nodeName = '', affinity } }: Pod): string | undefined {
  if (nodeName !== '') return nodeName;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.flatMap(({ matchFields = [] }) => matchFields).find(({ key, operator, values = [] }) => key === 'metadata.name' && operator === 'In' && values.length === 1)?.values?.[0];
}
