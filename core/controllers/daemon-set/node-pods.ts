import { isPodTerminal, isTerminating } from '../../api/pod-status.js';
import type { DaemonSet, Node, Pod } from '../../api/types.js';
import { hashLabel, targetNode } from './daemon-pod.js';
import { daemonTolerations, eligibilityOf, type Eligibility } from './eligibility.js';

/** One node, and the daemon pods that are on it or meant for it. */
export interface NodePods extends Eligibility {
  readonly name: string;
  /** All that may still hold something there, scheduled ones first, then by age. */
  readonly pods: readonly Pod[];
  /** Of these, the ones that nobody has asked to go. */
  readonly staying: readonly Pod[];
}

export interface Placement {
  readonly nodes: readonly NodePods[];
  /** Never bound, and meant for a node that is gone (or for none). */
  readonly astray: readonly Pod[];
}

export const hasHash = (pod: Pod, hash: string): boolean => pod.metadata.labels?.[hashLabel] === hash;

const isBound = ({ spec }: Pod): boolean => (spec.nodeName ?? '') !== '';

/** k8s: podByCreationTimestampAndPhase */
function order(a: Pod, b: Pod): number {
  const bound = Number(isBound(b)) - Number(isBound(a));
  if (bound !== 0) return bound;
  const [before, after] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  return before === after ? (a.metadata.name < b.metadata.name ? -1 : 1) : before < after ? -1 : 1;
}

/** Sorts pods to nodes. A pod that has ended and is being deleted is as good as gone. */
export function placementOf(daemonSet: DaemonSet, pods: readonly Pod[], nodes: readonly Node[]): Placement {
  const byNode = new Map<string, Pod[]>(nodes.map(({ metadata }) => [metadata.name, []]));
  const astray: Pod[] = [];
  for (const pod of pods) {
    if (isPodTerminal(pod) && isTerminating(pod)) continue;
    const target = targetNode(pod);
    const there = target === undefined ? undefined : byNode.get(target);
    if (there) there.push(pod); else if (!isBound(pod) && !isTerminating(pod)) astray.push(pod);
  }
  const tolerations = daemonTolerations(daemonSet.spec.template.spec);
  const placed = nodes.map((node): NodePods => {
    const here = (byNode.get(node.metadata.name) ?? []).sort(order);
    return { name: node.metadata.name, ...eligibilityOf(daemonSet, tolerations, node), pods: here, staying: here.filter((pod) => !isTerminating(pod)) };
  });
  return { nodes: placed, astray };
}
