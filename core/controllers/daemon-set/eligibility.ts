import { effectiveTaints, nodeReadiness } from '../../api/condition-taints.js';
import { matchesNode } from '../../api/node-affinity.js';
import { nodeTaints, untoleratedTaint } from '../../api/taints.js';
import type { DaemonSet, Node, PodSpec, Toleration } from '../../api/types.js';

const standard: readonly (readonly [key: string, effect: string])[] = [
  [nodeTaints.notReady, 'NoExecute'], [nodeTaints.unreachable, 'NoExecute'], [nodeTaints.diskPressure, 'NoSchedule'], [nodeTaints.memoryPressure, 'NoSchedule'],
  [nodeTaints.pidPressure, 'NoSchedule'], [nodeTaints.unschedulable, 'NoSchedule'],
];

/** The template's tolerations and those every daemon pod gets. k8s: concepts/workloads/controllers/daemonset#taints-and-tolerations */
export function daemonTolerations({ tolerations = [], hostNetwork }: PodSpec): readonly Toleration[] {
  const all = hostNetwork === true ? [...standard, [nodeTaints.networkUnavailable, 'NoSchedule'] as const] : standard;
  const added = all.filter(([key, effect]) => !tolerations.some((one) => one.key === key && one.effect === effect && one.operator === 'Exists' && one.tolerationSeconds === undefined));
  return [...tolerations, ...added.map(([key, effect]) => ({ key, operator: 'Exists', effect }))];
}

export interface Eligibility {
  /** A pod belongs here. */
  readonly run: boolean;
  /** A pod that is here may stay. */
  readonly keep: boolean;
  readonly reachable: boolean;
}

/**
 * k8s: daemon_controller NodeShouldRunDaemonPod. A node out of reach carries a NoSchedule taint that daemon pods do not tolerate: nothing
 * new is made for it, and what it has stays.
 */
export function eligibilityOf({ spec: { template } }: DaemonSet, tolerations: readonly Toleration[], node: Node): Eligibility {
  const reachable = nodeReadiness(node) !== 'unreachable';
  const { nodeName = '' } = template.spec;
  if ((nodeName !== '' && nodeName !== node.metadata.name) || !matchesNode(template.spec, node)) return { run: false, keep: false, reachable };
  const taints = effectiveTaints(node);
  const expelled = untoleratedTaint(taints, tolerations, ['NoExecute']) !== undefined;
  return { run: untoleratedTaint(taints, tolerations, ['NoSchedule', 'NoExecute']) === undefined, keep: !expelled, reachable };
}
