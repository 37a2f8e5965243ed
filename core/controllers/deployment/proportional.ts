import type { ReplicaSet } from '../../api/types.js';
import { desiredOf, maximumOf } from './annotations.js';
import type { Limits } from './limits.js';
import { byAge, isActive, sizeOf, total, type Family } from './replica-sets.js';
import type { Sizes } from './rolling.js';

/** Was `spec.replicas` changed since the ReplicaSets were last scaled? k8s: isScalingEvent */
export const wasScaled = ({ all }: Family, { replicas }: Limits): boolean =>
  all.some((replicaSet) => isActive(replicaSet) && desiredOf(replicaSet) !== undefined && desiredOf(replicaSet) !== replicas);

/** Sizes after `spec.replicas` changed, or while paused: all versions grow or shrink by their share. k8s: deployment/sync.go scale */
export function scaledSizes(family: Family, limits: Limits, recreate: boolean): Sizes {
  const { newest, old, all } = family;
  const { replicas } = limits;
  const active = all.filter(isActive);
  const only = active.length > 1 ? undefined : (active[0] ?? newest ?? old.at(-1));
  if (only) return sizeOf(only) === replicas ? new Map() : new Map([[only.metadata.uid, replicas]]);
  if (newest && isSaturated(newest, replicas)) return new Map(old.filter(isActive).map(({ metadata }) => [metadata.uid, 0]));
  return recreate ? new Map() : shares(active, limits);
}

const isSaturated = (newest: ReplicaSet, replicas: number): boolean =>
  desiredOf(newest) === replicas && sizeOf(newest) === replicas && (newest.status?.availableReplicas ?? 0) === replicas;

function shares(active: readonly ReplicaSet[], { replicas, maxSurge }: Limits): Sizes {
  const allowed = replicas === 0 ? 0 : replicas + maxSurge;
  const toAdd = allowed - total(active, sizeOf);
  const sorted = [...active].sort((a, b) => sizeOf(b) - sizeOf(a) || (toAdd > 0 ? byAge(b, a) : byAge(a, b)));
  const sizes = new Map<string, number>();
  let added = 0;
  for (const replicaSet of sorted) {
    const share = shareOf(replicaSet, { replicas, allowed, left: toAdd - added });
    sizes.set(replicaSet.metadata.uid, sizeOf(replicaSet) + share);
    added += share;
  }
  const largest = sorted[0]?.metadata.uid;
  if (largest !== undefined) sizes.set(largest, Math.max(0, (sizes.get(largest) ?? 0) + toAdd - added));
  return sizes;
}

/** k8s: deploymentutil.GetReplicaSetProportion */
function shareOf(replicaSet: ReplicaSet, { replicas, allowed, left }: { readonly replicas: number; readonly allowed: number; readonly left: number }): number {
  const size = sizeOf(replicaSet);
  if (left === 0) return 0;
  const before = maximumOf(replicaSet) ?? allowed;
  const wanted = replicas === 0 || before === 0 ? -size : Math.round((size * allowed) / before) - size;
  return left > 0 ? Math.max(0, Math.min(wanted, left)) : Math.min(0, Math.max(wanted, left));
}
