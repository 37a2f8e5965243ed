import { isTerminating } from '../../api/pod-status.js';
import type { Deployment, ReplicaSet } from '../../api/types.js';
import { revisionOf } from './annotations.js';
import { sizeOf, type Family } from './replica-sets.js';

/** Old ReplicaSets beyond `revisionHistoryLimit` that nobody needs any more, oldest revision first. k8s: cleanupDeployment */
export function outlived({ spec: { revisionHistoryLimit } }: Deployment, { old }: Family): readonly ReplicaSet[] {
  if (revisionHistoryLimit === undefined || revisionHistoryLimit === 2147483647) return [];
  const kept = old.filter((replicaSet) => !isTerminating(replicaSet));
  const surplus = kept.length - revisionHistoryLimit;
  if (surplus <= 0) return [];
  return [...kept].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, surplus).filter(isIdle);
}

const isIdle = (replicaSet: ReplicaSet): boolean =>
  sizeOf(replicaSet) === 0 && (replicaSet.status?.replicas ?? 0) === 0 && (replicaSet.metadata.generation ?? 0) <= (replicaSet.status?.observedGeneration ?? 0);
