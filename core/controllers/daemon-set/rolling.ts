import { isPodAvailable } from '../../api/pod-status.js';
import { scaledValue } from '../../api/int-or-percent.js';
import type { DaemonSet, Pod } from '../../api/types.js';
import { hasHash, type NodePods } from './node-pods.js';

export interface RolloutView {
  readonly daemonSet: DaemonSet;
  readonly nodes: readonly NodePods[];
  readonly hash: string;
  /** Nodes where upkeep has something to do: that comes first. */
  readonly busy: ReadonlySet<string>;
  readonly now: number;
}

export interface Rollout {
  readonly remove: readonly Pod[];
  /** Nodes that get a second, newer pod. */
  readonly surge: readonly string[];
}

export interface Budget { readonly maxSurge: number; readonly maxUnavailable: number }

/** Shares of the nodes that should run the pod and can be reached. k8s: updatedDesiredNodeCounts */
export function budgetOf({ spec: { updateStrategy } }: DaemonSet, nodes: readonly NodePods[]): Budget {
  const desired = nodes.filter(({ run }) => run).length;
  const maxSurge = scaledValue(updateStrategy?.rollingUpdate?.maxSurge ?? 0, desired, 'up');
  const maxUnavailable = scaledValue(updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, desired, 'up');
  return { maxSurge, maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable };
}

interface Seen {
  readonly name: string;
  /** Of what stays there: a pod of this version, and one of another. */
  readonly updated: Pod | undefined;
  readonly outdated: Pod | undefined;
  readonly busy: boolean;
}

/**
 * One step of a rolling update. k8s: daemon/update.go rollingUpdate
 *
 * Nodes out of reach are left out altogether: their pods neither use the budget nor are touched, so a silent node holds up nobody, keeps
 * running what it has, and is updated under the same budget when it is back. Of reachable nodes that take no new pods (not ready, tainted)
 * only those count where the new version is and does not work: it may well be what broke them. Their old pods stay, since nothing could
 * follow them.
 */
export function rolloutOf(view: RolloutView): Rollout {
  const { daemonSet, nodes, hash, busy } = view;
  const { maxSurge, maxUnavailable } = budgetOf(daemonSet, nodes);
  const counted = nodes.filter(({ reachable, run, staying }) => run || (reachable && staying.some((pod) => hasHash(pod, hash))));
  const seen = counted.map(({ name, run, staying }): Seen => ({
    name, busy: busy.has(name), updated: staying.find((pod) => hasHash(pod, hash)), outdated: run ? staying.find((pod) => !hasHash(pod, hash)) : undefined,
  }));
  const available = (pod: Pod): boolean => isPodAvailable(pod, daemonSet.spec.minReadySeconds ?? 0, view.now);
  return maxSurge > 0 ? surging(seen, available, maxSurge) : replacing(seen, available, maxUnavailable);
}

type Predicate = (pod: Pod) => boolean;
type Candidate = Seen & { readonly outdated: Pod };

/** Nodes that have nothing but an old pod, and nothing else to be done. */
const candidates = (seen: readonly Seen[]): readonly Candidate[] => seen.filter((one): one is Candidate => !one.busy && one.updated === undefined && one.outdated !== undefined);

/** Old pods that do not work are replaced whatever the budget; the working ones as far as it lasts, counting all that does not work. */
function replacing(seen: readonly Seen[], available: Predicate, maxUnavailable: number): Rollout {
  const single = candidates(seen);
  const unavailable = seen.filter(({ busy, updated, outdated }) => busy || !(updated ?? outdated) || !available((updated ?? outdated) as Pod)).length;
  const broken = single.filter(({ outdated }) => !available(outdated));
  const working = single.filter(({ outdated }) => available(outdated)).slice(0, Math.max(0, maxUnavailable - unavailable));
  return { remove: [...broken, ...working].map(({ outdated }) => outdated), surge: [] };
}

/** Where the old pod does not work a new one is added whatever the budget; upkeep removes the old one when the new one works. */
function surging(seen: readonly Seen[], available: Predicate, maxSurge: number): Rollout {
  const single = candidates(seen);
  const surged = seen.filter(({ updated, outdated }) => updated !== undefined && outdated !== undefined).length;
  const broken = single.filter(({ outdated }) => !available(outdated));
  const working = single.filter(({ outdated }) => available(outdated)).slice(0, Math.max(0, maxSurge - surged));
  return { remove: [], surge: [...broken, ...working].map(({ name }) => name) };
}
