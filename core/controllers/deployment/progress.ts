import { quote } from '../quote.js';
import type { Deployment, DeploymentStatus } from '../../api/types.js';
import { conditionOf, renewed, withCondition, without, type Conditions } from './conditions.js';

type Counts = Omit<DeploymentStatus, 'conditions'>;

export interface ProgressView {
  readonly deployment: Deployment;
  readonly counts: Counts;
  /** Name of the newest ReplicaSet. */
  readonly newest: string | undefined;
  readonly now: number;
}

/** k8s: math.MaxInt32 stands for no deadline. */
export const hasDeadline = ({ spec: { progressDeadlineSeconds: seconds } }: Deployment): boolean => seconds !== undefined && seconds !== 2147483647;

/** k8s: deploymentutil.DeploymentComplete */
export function isComplete({ spec: { replicas = 1 }, metadata: { generation = 0 } }: Deployment, counts: Counts): boolean {
  return counts.updatedReplicas === replicas && counts.replicas === replicas && counts.availableReplicas === replicas && (counts.observedGeneration ?? 0) >= generation;
}

/** More of the new, fewer of the old, or more that work. k8s: deploymentutil.DeploymentProgressing */
function hasMoved(before: Counts, after: Counts): boolean {
  const old = (counts: Counts): number => (counts.replicas ?? 0) - (counts.updatedReplicas ?? 0);
  return (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) || old(after) < old(before)
    || (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) || (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0);
}

function deadlineOf({ spec: { progressDeadlineSeconds = 0 } }: Deployment, conditions: Conditions): number | undefined {
  const condition = conditionOf(conditions, 'Progressing');
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return undefined;
  return Date.parse(condition.lastUpdateTime ?? condition.lastTransitionTime ?? '') + progressDeadlineSeconds * 1000;
}

/** The Progressing condition after what was just counted. k8s: deployment/progress.go syncRolloutStatus */
export function progressed(conditions: Conditions, { deployment, counts, newest, now }: ProgressView): Conditions {
  if (!hasDeadline(deployment)) return without(conditions, 'Progressing');
  const current = conditionOf(conditions, 'Progressing');
  if (counts.replicas === counts.updatedReplicas && current?.reason === 'NewReplicaSetAvailable') return conditions;
  const subject = newest === undefined ? `Deployment ${quote(deployment.metadata.name)}` : `ReplicaSet ${quote(newest)}`;
  const verdict = (status: 'True' | 'False', reason: string, what: string) => ({ type: 'Progressing', status, reason, message: `${subject} ${what}.` } as const);
  if (isComplete(deployment, counts)) return withCondition(conditions, verdict('True', 'NewReplicaSetAvailable', 'has successfully progressed'), now);
  if (hasMoved(deployment.status ?? {}, counts)) return renewed(conditions, verdict('True', 'ReplicaSetUpdated', 'is progressing'), now);
  const deadline = deadlineOf(deployment, conditions);
  const late = current?.reason === 'ProgressDeadlineExceeded' || (deadline !== undefined && deadline < now);
  return late && current?.reason !== 'DeploymentPaused' ? withCondition(conditions, verdict('False', 'ProgressDeadlineExceeded', 'has timed out progressing'), now) : conditions;
}

/** ms until the deadline has to be looked at again. k8s: requeueStuckDeployment */
export function untilDeadline(deployment: Deployment, conditions: Conditions, now: number): number | undefined {
  const reason = conditionOf(conditions, 'Progressing')?.reason;
  if (!hasDeadline(deployment) || deployment.spec.paused === true || reason === 'ProgressDeadlineExceeded') return undefined;
  const deadline = deadlineOf(deployment, conditions);
  return deadline === undefined || Number.isNaN(deadline) ? undefined : Math.max(0, deadline - now) + 1000;
}

/** Pausing stops the clock of the deadline, resuming starts it anew. k8s: checkPausedConditions */
export function pausedConditions(deployment: Deployment, conditions: Conditions, now: number): Conditions {
  const { paused = false } = deployment.spec;
  const current = conditionOf(conditions, 'Progressing');
  if (!hasDeadline(deployment) || current?.reason === 'ProgressDeadlineExceeded') return conditions;
  const wasPaused = current?.reason === 'DeploymentPaused';
  const verdict = (reason: string, message: string) => ({ type: 'Progressing', status: 'Unknown', reason, message } as const);
  if (paused && !wasPaused) return withCondition(conditions, verdict('DeploymentPaused', 'Deployment is paused'), now);
  if (!paused && wasPaused) return withCondition(conditions, verdict('DeploymentResumed', 'Deployment is resumed'), now);
  return conditions;
}
