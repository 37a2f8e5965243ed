import type { ReplicaSet } from '../../api/types.js';
import type { Limits } from './limits.js';
import { availableOf, sizeOf, total, type Family } from './replica-sets.js';

/** Wanted sizes by uid, of those that change. */
export type Sizes = ReadonlyMap<string, number>;

export interface RollingView {
  readonly family: Family;
  readonly limits: Limits;
  /** Active pods on nodes that cannot be reached, by ReplicaSet uid. */
  readonly lost: ReadonlyMap<string, number>;
}

const none: Sizes = new Map();

/**
 * One step of a rolling update: first up, then down. k8s: deployment/rolling.go
 *
 * Pods out of reach neither take a place under `replicas + maxSurge` nor hold back the scaling down of others while they are counted as
 * "new and not available yet": one silent node does not stop the rollout. What never gives way is the floor: old pods go only while
 * `minAvailable` others are known to be available.
 */
export function rollingSizes(view: RollingView): Sizes {
  const { family: { newest }, limits: { replicas } } = view;
  if (!newest) return none;
  const up = newestSize(view, sizeOf(newest));
  if (up !== sizeOf(newest)) return new Map([[newest.metadata.uid, Math.min(up, replicas)]]);
  return oldSizes(view, newest);
}

/** The size the newest one should have; `size` is what it has, 0 when it is still to be made. k8s: NewRSNewReplicas */
export function newestSize({ family, limits: { replicas, maxSurge }, lost }: RollingView, size: number): number {
  if (size >= replicas) return replicas;
  const reachable = total(family.all, (replicaSet) => Math.max(0, sizeOf(replicaSet) - (lost.get(replicaSet.metadata.uid) ?? 0)));
  return size + Math.max(0, Math.min(replicas + maxSurge - reachable, replicas - size));
}

function oldSizes({ family: { old, all }, limits: { minAvailable }, lost }: RollingView, newest: ReplicaSet): Sizes {
  const lostNew = Math.min(lost.get(newest.metadata.uid) ?? 0, sizeOf(newest) - availableOf(newest));
  const waiting = sizeOf(newest) - availableOf(newest) - lostNew;
  const most = total(all, sizeOf) - minAvailable - waiting;
  if (total(old, sizeOf) === 0 || most <= 0) return none;
  const sizes = new Map(old.map((replicaSet) => [replicaSet.metadata.uid, sizeOf(replicaSet)]));
  takeUnavailable(sizes, old, most);
  takeAvailable(sizes, old, total(all, availableOf) - minAvailable);
  return new Map(old.flatMap((replicaSet) => changed(replicaSet, sizes)));
}

const changed = (replicaSet: ReplicaSet, sizes: Sizes): readonly (readonly [string, number])[] => {
  const size = sizes.get(replicaSet.metadata.uid);
  return size === undefined || size === sizeOf(replicaSet) ? [] : [[replicaSet.metadata.uid, size]];
};

/** Old pods that serve nobody go first. k8s: cleanupUnhealthyReplicas */
function takeUnavailable(sizes: Map<string, number>, old: readonly ReplicaSet[], most: number): void {
  let left = most;
  for (const replicaSet of old) {
    const taken = Math.min(left, sizeOf(replicaSet) - availableOf(replicaSet));
    sizes.set(replicaSet.metadata.uid, sizeOf(replicaSet) - taken);
    left -= taken;
  }
}

/** k8s: scaleDownOldReplicaSetsForRollingUpdate */
function takeAvailable(sizes: Map<string, number>, old: readonly ReplicaSet[], most: number): void {
  let left = Math.max(0, most);
  for (const { metadata: { uid } } of old) {
    const size = sizes.get(uid) ?? 0;
    const taken = Math.min(left, size);
    sizes.set(uid, size - taken);
    left -= taken;
  }
}
