import { isPodReady, podCondition } from '../../api/pod-status.js';
import type { Pod } from '../../api/types.js';

const phases: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };
const costAnnotation = 'controller.kubernetes.io/pod-deletion-cost';

interface Ranked {
  readonly pod: Pod;
  readonly assigned: boolean;
  readonly phase: number;
  readonly ready: boolean;
  readonly cost: number;
  /** Pods of the same owner on the same node. */
  readonly crowd: number;
  readonly readySince: number;
  readonly restarts: number;
  readonly created: number;
}

const time = (text: string | undefined): number => (text === undefined ? Infinity : Date.parse(text));

function ranked(pod: Pod, crowds: ReadonlyMap<string, number>): Ranked {
  const node = pod.spec.nodeName ?? '';
  const cost = Number(pod.metadata.annotations?.[costAnnotation] ?? '0');
  return {
    pod, assigned: node !== '', phase: phases[pod.status?.phase ?? 'Pending'] ?? 0, ready: isPodReady(pod), cost: Number.isInteger(cost) ? cost : 0,
    crowd: crowds.get(node) ?? 0, readySince: isPodReady(pod) ? time(podCondition(pod, 'Ready')?.lastTransitionTime) : 0,
    restarts: Math.max(0, ...(pod.status?.containerStatuses ?? []).map(({ restartCount }) => restartCount ?? 0)), created: time(pod.metadata.creationTimestamp),
  };
}

/** The younger of two times is beneath its own order of magnitude: ages that are about the same do not count. k8s: LogarithmicScaleDown */
function ageOrder(a: number, b: number, now: number): number {
  if (a === b) return 0;
  const bucket = (since: number): number => Math.floor(Math.log2(Math.max(1, now - since)));
  return bucket(a) - bucket(b);
}

function order(a: Ranked, b: Ranked, now: number): number {
  return Number(a.assigned) - Number(b.assigned) || a.phase - b.phase || Number(a.ready) - Number(b.ready) || a.cost - b.cost || b.crowd - a.crowd
    || (a.ready && b.ready ? ageOrder(a.readySince, b.readySince, now) : 0) || b.restarts - a.restarts || ageOrder(a.created, b.created, now)
    || (a.pod.metadata.uid < b.pod.metadata.uid ? -1 : 1);
}

/**
 * The `count` pods that are missed least. `related` are the active pods of all ReplicaSets of the same owner, which a node may hold too many of.
 * k8s: controller.ActivePodsWithRanks
 */
export function podsToDelete(pods: readonly Pod[], related: readonly Pod[], { count, now }: { readonly count: number; readonly now: number }): readonly Pod[] {
  if (count >= pods.length) return pods;
  const crowds = new Map<string, number>();
  for (const { spec: { nodeName = '' } } of related) crowds.set(nodeName, (crowds.get(nodeName) ?? 0) + 1);
  return pods.map((pod) => ranked(pod, crowds)).sort((a, b) => order(a, b, now)).slice(0, count).map(({ pod }) => pod);
}
