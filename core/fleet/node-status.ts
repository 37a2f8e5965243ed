import type { Node, NodeCondition, NodeStatus, Pod, PodCondition, PodStatus } from '../api/types.js';
import type { NodeReport } from '../messaging/wire.js';

const stamp = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Keeps lastTransitionTime where the status did not change. */
function merged(next: readonly NodeCondition[], previous: readonly NodeCondition[] | undefined, now: number): readonly NodeCondition[] {
  return next.map((condition) => {
    const before = previous?.find(({ type }) => type === condition.type);
    return { ...condition, lastHeartbeatTime: stamp(now), lastTransitionTime: before?.status === condition.status ? (before.lastTransitionTime ?? stamp(now)) : stamp(now) };
  });
}

/** The status of a node that has reported and is there. */
export function reachableStatus(report: NodeReport, node: Node | undefined, now: number): NodeStatus {
  return { ...report.status, conditions: merged(report.status.conditions ?? [], node?.status?.conditions, now) };
}

/**
 * The status of a node that cannot be reached: what was last known, with every condition Unknown. The master never claims what it does not know.
 * k8s: node lifecycle controller, NodeStatusUnknown
 */
export function unreachableStatus(node: Node, lastSeen: number | undefined, now: number): NodeStatus {
  const message = lastSeen === undefined ? 'The node has not reported since the master started.' : `The node was last seen at ${stamp(lastSeen)}.`;
  const known = node.status?.conditions ?? [];
  const types = known.some(({ type }) => type === 'Ready') ? known : [...known, { type: 'Ready', status: 'Unknown' }];
  const unknown = types.map((condition) => (condition.status === 'Unknown' && condition.message === message ? condition
    : { ...condition, status: 'Unknown', reason: 'NodeStatusUnknown', message, lastTransitionTime: condition.status === 'Unknown' ? (condition.lastTransitionTime ?? stamp(now)) : stamp(now) }));
  return { ...node.status, conditions: unknown };
}

export const isReachable = (node: Node): boolean => node.status?.conditions?.find(({ type }) => type === 'Ready')?.status !== 'Unknown';

/** A pod on a node that cannot be reached. An ended pod has nothing left to lose. */
export function lostPodStatus(pod: Pod, node: string, now: number): PodStatus | undefined {
  const { status } = pod;
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed' || status?.reason === 'NodeLost') return undefined;
  const message = `Node ${node} which was running pod ${pod.metadata.name} is unresponsive`;
  const conditions = (status?.conditions ?? []).map((condition): PodCondition => (condition.type !== 'Ready' && condition.type !== 'ContainersReady' ? condition
    : { ...condition, status: 'Unknown', reason: 'NodeLost', lastTransitionTime: condition.status === 'Unknown' ? (condition.lastTransitionTime ?? stamp(now)) : stamp(now) }));
  return { ...status, phase: 'Unknown', reason: 'NodeLost', message, conditions };
}

/** What the node reports, with what only the master knows: that it was scheduled. */
export function reportedPodStatus(pod: Pod, reported: PodStatus): PodStatus {
  const scheduled = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  const conditions = (reported.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  const { reason: _reason, message: _message, ...kept } = pod.status ?? {};
  return { ...kept, ...reported, conditions: scheduled === undefined ? conditions : [...conditions, scheduled] };
}
