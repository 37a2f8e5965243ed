import { isPodAvailable, isPodReady, podCondition } from '../../api/pod-status.js';
import { timestamp } from '../../api/timestamp.js';
import type { DaemonSet, DaemonSetCondition, DaemonSetStatus, Node, Pod } from '../../api/types.js';
import { hasHash, placementOf, type NodePods } from './node-pods.js';

export interface DaemonSetObservation {
  readonly daemonSet: DaemonSet;
  readonly hash: string;
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly now: number;
}

/**
 * k8s: daemon_controller updateDaemonSetStatus. As there, nodes out of reach are not counted as desired, so that a rollout can be finished
 * without them; unlike there, their pods are not called misscheduled, and a condition says how many there are.
 */
export function daemonSetStatus({ daemonSet, hash, pods, nodes, now }: DaemonSetObservation): DaemonSetStatus {
  const placed = placementOf(daemonSet, pods, nodes).nodes;
  const wanted = placed.filter(({ run }) => run);
  const first = wanted.flatMap((node) => node.pods.slice(0, 1));
  const available = first.filter((pod) => isPodAvailable(pod, daemonSet.spec.minReadySeconds ?? 0, now)).length;
  const conditions = reachConditions(daemonSet, placed.filter(({ run, keep, reachable }) => !run && keep && !reachable), now);
  return {
    currentNumberScheduled: first.length,
    numberMisscheduled: placed.filter((node) => !node.run && node.pods.length > 0 && (node.reachable || !node.keep)).length,
    desiredNumberScheduled: wanted.length,
    numberReady: first.filter(isPodReady).length,
    observedGeneration: daemonSet.metadata.generation ?? 0,
    updatedNumberScheduled: first.filter((pod) => hasHash(pod, hash)).length,
    numberAvailable: available,
    numberUnavailable: wanted.length - available,
    ...(daemonSet.status?.collisionCount !== undefined && { collisionCount: daemonSet.status.collisionCount }),
    ...(conditions.length > 0 && { conditions }),
  };
}

const unreachable = 'NodesUnreachable';
const mostNames = 10;

function reachConditions({ status }: DaemonSet, lost: readonly NodePods[], now: number): readonly DaemonSetCondition[] {
  const before = status?.conditions ?? [];
  const others = before.filter(({ type }) => type !== unreachable);
  if (lost.length === 0) return others;
  const names = lost.slice(0, mostNames).map(({ name }) => name).join(', ');
  const message = `${String(lost.length)} node(s) cannot be reached and are not counted: ${names}${lost.length > mostNames ? ', …' : ''}`;
  const known = before.find(({ type }) => type === unreachable);
  return [...others, { type: unreachable, status: 'True', reason: 'NodeUnreachable', message, lastTransitionTime: known?.lastTransitionTime ?? timestamp(now) }];
}

/** ms until the next ready pod becomes available, if one is waiting for `minReadySeconds`. */
export function nextAvailability({ daemonSet: { spec: { minReadySeconds = 0 } }, pods, now }: Pick<DaemonSetObservation, 'daemonSet' | 'pods' | 'now'>): number | undefined {
  if (minReadySeconds === 0) return undefined;
  const waits = pods.filter((pod) => isPodReady(pod) && !isPodAvailable(pod, minReadySeconds, now))
    .map((pod) => Date.parse(podCondition(pod, 'Ready')?.lastTransitionTime ?? '') + minReadySeconds * 1000 - now).filter((wait) => !Number.isNaN(wait));
  return waits.length === 0 ? undefined : Math.max(0, Math.min(...waits));
}
