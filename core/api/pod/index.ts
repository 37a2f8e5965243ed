import { kind } from '../kind.js';
import { isPodTerminal } from '../pod-status.js';
import type { Draft } from '../resource.js';
import { pods } from '../resources.js';
import type { Pod, PodSpec } from '../types.js';
import { podColumns } from './columns.js';
import { podDefaults } from './defaults.js';
import { validatePod, validatePodUpdate } from './validation.js';

/** k8s: qos.GetPodQOS */
export function qosClass(spec: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const all = [...spec.containers, ...(spec.initContainers ?? [])].map(({ resources }) => resources ?? {});
  const stated = all.some(({ limits = {}, requests = {} }) => ['cpu', 'memory'].some((key) => limits[key] !== undefined || requests[key] !== undefined));
  if (!stated) return 'BestEffort';
  const equal = all.every(({ limits = {}, requests = {} }) => ['cpu', 'memory'].every((key) => limits[key] !== undefined && (requests[key] ?? limits[key]) === limits[key]));
  return equal ? 'Guaranteed' : 'Burstable';
}

/** An unbound pod and one that has ended have nothing to wait for. k8s: podStrategy.CheckGracefulDelete */
function graceSeconds(pod: Pod): number | undefined {
  if ((pod.spec.nodeName ?? '') === '' || isPodTerminal(pod)) return undefined;
  return pod.spec.terminationGracePeriodSeconds ?? 30;
}

export const podKind = kind<Pod>({
  resource: pods, singular: 'pod', shortNames: ['po'], categories: ['all'], message: 'Pod',
  subresources: ['status', 'log', 'eviction', 'binding'],
  columns: podColumns,
  fields: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '', 'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? '', 'spec.schedulerName': ({ spec }) => spec.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '', 'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork === true),
    'status.phase': ({ status }) => status?.phase ?? '', 'status.podIP': ({ status }) => status?.podIP ?? '', 'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName ?? '',
  },
  strategy: {
    defaults: podDefaults,
    prepareForCreate: (draft: Draft<Pod>): Draft<Pod> => ({ ...draft, status: { phase: 'Pending', qosClass: qosClass(draft.spec) } }),
    validate: validatePod, validateUpdate: validatePodUpdate, graceSeconds,
  },
});
