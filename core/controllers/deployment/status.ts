import type { Deployment, DeploymentStatus, ReplicaSet } from '../../api/types.js';
import { conditionOf, withCondition, without, type Conditions } from './conditions.js';
import { limitsOf } from './limits.js';
import { progressed } from './progress.js';
import { sizeOf, total, type Family } from './replica-sets.js';

const count = (family: readonly ReplicaSet[], field: 'replicas' | 'readyReplicas' | 'availableReplicas' | 'terminatingReplicas'): number =>
  total(family, ({ status }) => status?.[field] ?? 0);

/** k8s: deployment/sync.go calculateStatus */
export function countsOf({ metadata, status }: Deployment, { newest, all }: Family): Omit<DeploymentStatus, 'conditions'> {
  const availableReplicas = count(all, 'availableReplicas');
  return {
    observedGeneration: metadata.generation ?? 0,
    replicas: count(all, 'replicas'),
    updatedReplicas: newest ? count([newest], 'replicas') : 0,
    readyReplicas: count(all, 'readyReplicas'),
    availableReplicas,
    unavailableReplicas: Math.max(0, total(all, sizeOf) - availableReplicas),
    terminatingReplicas: count(all, 'terminatingReplicas'),
    ...(status?.collisionCount !== undefined && { collisionCount: status.collisionCount }),
  };
}

export interface StatusView {
  readonly deployment: Deployment;
  readonly family: Family;
  /** As they are, with what pausing has changed. */
  readonly conditions: Conditions;
  /** Paused, or just rescaled: no progress is judged. */
  readonly judged: boolean;
  readonly now: number;
}

export function deploymentStatus({ deployment, family, conditions, judged, now }: StatusView): DeploymentStatus {
  const counts = countsOf(deployment, family);
  const available = withAvailability(conditions, deployment, counts.availableReplicas ?? 0, now);
  const newest = family.newest?.metadata.name;
  const next = judged ? withFailure(progressed(available, { deployment, counts, newest, now }), family, now) : available;
  return { ...counts, ...(next.length > 0 && { conditions: next }) };
}

function withAvailability(conditions: Conditions, deployment: Deployment, available: number, now: number): Conditions {
  const { minAvailable } = limitsOf(deployment);
  return withCondition(conditions, available >= minAvailable
    ? { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
    : { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.' }, now);
}

/** What stops a ReplicaSet stops its Deployment; the newest one's trouble is told first. k8s: getReplicaFailures */
function withFailure(conditions: Conditions, { newest, all }: Family, now: number): Conditions {
  for (const replicaSet of newest ? [newest, ...all] : all) {
    const failure = conditionOf(replicaSet.status?.conditions, 'ReplicaFailure');
    if (failure) return withCondition(conditions, { type: 'ReplicaFailure', status: failure.status === 'True' ? 'True' : 'False', reason: failure.reason ?? '', message: failure.message ?? '' }, now);
  }
  return without(conditions, 'ReplicaFailure');
}
