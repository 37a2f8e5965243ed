import { isPodActive, isTerminating } from '../../api/pod-status.js';
import type { Pod, ReplicaSet } from '../../api/types.js';
import { freeNames } from '../slot-names.js';
import { podsToDelete } from './deletion-order.js';

/** Everything a ReplicaSet may ask for. */
export type ReplicaSetAction =
  | { readonly kind: 'createPod'; readonly name: string }
  | { readonly kind: 'deletePod'; readonly pod: Pod };

export interface ReplicaSetView {
  readonly replicaSet: ReplicaSet;
  /** All it owns, terminating ones too. */
  readonly pods: readonly Pod[];
  /** Active pods of the ReplicaSets of the same owner, its own included. */
  readonly related: readonly Pod[];
  /** Is there any pod of this name in the namespace? */
  readonly isTaken: (name: string) => boolean;
  /** ms since 1970. */
  readonly now: number;
}

/** Most changes of one plan. k8s: BurstReplicas */
const burst = 500;

/** The least change that makes the active pods as many as declared. Pods that are being deleted do not count: their replacement need not wait. */
export function planReplicaSet({ replicaSet, pods, related, isTaken, now }: ReplicaSetView): readonly ReplicaSetAction[] {
  if (isTerminating(replicaSet)) return [];
  const active = pods.filter(isPodActive);
  const surplus = active.length - (replicaSet.spec.replicas ?? 1);
  if (surplus > 0) return podsToDelete(active, related, { count: Math.min(surplus, burst), now }).map((pod) => ({ kind: 'deletePod', pod }));
  const { name, uid } = replicaSet.metadata;
  const held = new Set(pods.map(({ metadata }) => metadata.name));
  return freeNames({ owner: name, seed: uid, isTaken: (candidate) => held.has(candidate) || isTaken(candidate) }, Math.min(-surplus, burst))
    .map((free) => ({ kind: 'createPod', name: free }));
}
