import { timestamp } from '../../api/timestamp.js';
import type { DeploymentCondition } from '../../api/types.js';

export type Conditions = readonly DeploymentCondition[];

export interface Verdict { readonly type: string; readonly status: 'True' | 'False' | 'Unknown'; readonly reason: string; readonly message: string }

export const conditionOf = (conditions: Conditions | undefined, type: string): DeploymentCondition | undefined => conditions?.find((condition) => condition.type === type);

export const without = (conditions: Conditions, type: string): Conditions => conditions.filter((condition) => condition.type !== type);

/** Nothing changes while status and reason stay; the transition is dated when the status changes. k8s: SetDeploymentCondition */
export function withCondition(conditions: Conditions, verdict: Verdict, now: number): Conditions {
  const current = conditionOf(conditions, verdict.type);
  if (current?.status === verdict.status && current.reason === verdict.reason) return conditions;
  return renewed(conditions, verdict, now);
}

/** Dated anew even when nothing but time and words have changed: progress was made. */
export function renewed(conditions: Conditions, { type, status, reason, message }: Verdict, now: number): Conditions {
  const current = conditionOf(conditions, type);
  const stamp = timestamp(now);
  const lastTransitionTime = current?.status === status ? (current.lastTransitionTime ?? stamp) : stamp;
  return [...without(conditions, type), { type, status, lastUpdateTime: stamp, lastTransitionTime, reason, message }];
}
