import { scaledValue } from '../../api/int-or-percent.js';
import type { Deployment } from '../../api/types.js';

export interface Limits {
  readonly replicas: number;
  /** Most pods besides. */
  readonly maxSurge: number;
  /** Fewest that stay available. */
  readonly minAvailable: number;
}

export const isRecreate = ({ spec }: Deployment): boolean => spec.strategy?.type === 'Recreate';

/** Surge rounds up, unavailability down, and they are never both nothing. k8s: deploymentutil.ResolveFenceposts, MaxUnavailable, MaxSurge */
export function limitsOf(deployment: Deployment): Limits {
  const { replicas = 1, strategy } = deployment.spec;
  if (isRecreate(deployment)) return { replicas, maxSurge: 0, minAvailable: replicas };
  const maxSurge = scaledValue(strategy?.rollingUpdate?.maxSurge ?? '25%', replicas, 'up');
  const unavailable = scaledValue(strategy?.rollingUpdate?.maxUnavailable ?? '25%', replicas, 'down');
  const maxUnavailable = maxSurge === 0 && unavailable === 0 ? 1 : unavailable;
  return { replicas, maxSurge, minAvailable: Math.max(0, replicas - maxUnavailable) };
}
