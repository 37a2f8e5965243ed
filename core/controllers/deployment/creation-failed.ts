import type { Deployment, DeploymentStatus } from '../../api/types.js';
import { withCondition } from './conditions.js';

/** The status of a Deployment whose next ReplicaSet was refused. k8s: FailedRSCreateReason */
export function creationFailed({ status }: Deployment, message: string, now: number): DeploymentStatus {
  const conditions = withCondition(status?.conditions ?? [], { type: 'Progressing', status: 'False', reason: 'ReplicaSetCreateError', message }, now);
  return { ...status, conditions };
}
