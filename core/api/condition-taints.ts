import { nodeTaints } from './taints.js';
import type { Node, Taint } from './types.js';

const noSchedule = (key: string): Taint => ({ key, effect: 'NoSchedule' });

const pressures: readonly (readonly [condition: string, taint: string])[] = [
  ['MemoryPressure', nodeTaints.memoryPressure], ['DiskPressure', nodeTaints.diskPressure], ['PIDPressure', nodeTaints.pidPressure], ['NetworkUnavailable', nodeTaints.networkUnavailable],
];

const statusOf = (node: Node, type: string): string | undefined => node.status?.conditions?.find((condition) => condition.type === type)?.status;

/** What the node says of itself, or what is said of it while it cannot: a node that never reported is unreachable. */
export function nodeReadiness(node: Node): 'ready' | 'not-ready' | 'unreachable' {
  const ready = statusOf(node, 'Ready');
  return ready === 'True' ? 'ready' : ready === 'False' ? 'not-ready' : 'unreachable';
}

/** The NoSchedule taints a node's conditions and `spec.unschedulable` stand for. k8s: concepts/scheduling-eviction/taint-and-toleration#taint-nodes-by-condition */
export function conditionTaints(node: Node): readonly Taint[] {
  const readiness = nodeReadiness(node);
  return [
    ...(readiness === 'not-ready' ? [noSchedule(nodeTaints.notReady)] : []),
    ...(readiness === 'unreachable' ? [noSchedule(nodeTaints.unreachable)] : []),
    ...(node.spec.unschedulable === true ? [noSchedule(nodeTaints.unschedulable)] : []),
    ...pressures.filter(([condition]) => statusOf(node, condition) === 'True').map(([, key]) => noSchedule(key)),
  ];
}

/** The node's taints and those its conditions stand for, also where the latter have not been written (again) yet. */
export function effectiveTaints(node: Node): readonly Taint[] {
  const stated = node.spec.taints ?? [];
  const implied = conditionTaints(node).filter(({ key, effect }) => !stated.some((taint) => taint.key === key && taint.effect === effect));
  return implied.length === 0 ? stated : [...stated, ...implied];
}
