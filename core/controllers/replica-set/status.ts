import { isPodActive, isPodAvailable, isPodReady, isPodTerminal, isTerminating, podCondition } from '../../api/pod-status.js';
import { timestamp } from '../../api/timestamp.js';
import type { Pod, ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from '../../api/types.js';

export interface ReplicaSetObservation {
  readonly replicaSet: ReplicaSet;
  readonly pods: readonly Pod[];
  /** The last create or delete of a pod that was refused. */
  readonly failure?: { readonly reason: 'FailedCreate' | 'FailedDelete'; readonly message: string };
  readonly now: number;
}

/** k8s: replicaset calculateStatus */
export function replicaSetStatus({ replicaSet, pods, failure, now }: ReplicaSetObservation): ReplicaSetStatus {
  const active = pods.filter(isPodActive);
  const labels = Object.entries(replicaSet.spec.template.metadata?.labels ?? {});
  const { minReadySeconds = 0 } = replicaSet.spec;
  const conditions = failureConditions(replicaSet, failure, now);
  return {
    replicas: active.length,
    fullyLabeledReplicas: active.filter(({ metadata }) => labels.every(([key, value]) => metadata.labels?.[key] === value)).length,
    readyReplicas: active.filter(isPodReady).length,
    availableReplicas: active.filter((pod) => isPodAvailable(pod, minReadySeconds, now)).length,
    terminatingReplicas: pods.filter((pod) => isTerminating(pod) && !isPodTerminal(pod)).length,
    observedGeneration: replicaSet.metadata.generation ?? 0,
    ...(conditions.length > 0 && { conditions }),
  };
}

function failureConditions({ status }: ReplicaSet, failure: ReplicaSetObservation['failure'], now: number): readonly ReplicaSetCondition[] {
  const before = status?.conditions ?? [];
  const others = before.filter(({ type }) => type !== 'ReplicaFailure');
  if (!failure) return others;
  const known = before.find(({ type, reason }) => type === 'ReplicaFailure' && reason === failure.reason);
  return [...others, known ?? { type: 'ReplicaFailure', status: 'True', lastTransitionTime: timestamp(now), ...failure }];
}

/** ms until the next ready pod becomes available, if one is waiting for `minReadySeconds`. */
export function nextAvailability(pods: readonly Pod[], minReadySeconds: number, now: number): number | undefined {
  const waits = pods.filter((pod) => isPodActive(pod) && isPodReady(pod) && !isPodAvailable(pod, minReadySeconds, now))
    .map((pod) => Date.parse(podCondition(pod, 'Ready')?.lastTransitionTime ?? '') + minReadySeconds * 1000 - now).filter((wait) => !Number.isNaN(wait));
  return waits.length === 0 ? undefined : Math.max(0, Math.min(...waits));
}
