import type { NodeSummary } from '../api/node-summary.js';
import type { PodToPlace } from './scheduler-filter.js';
import { token, type Token } from './token.js';

/** Says how well a node suits a pod that may run there. Pure. */
export interface SchedulerScore {
  readonly name: string;
  readonly weight: number;
  /** 0 (worst) to 100 (best). */
  score(pod: PodToPlace, node: NodeSummary): number;
}
export const SchedulerScore: Token<SchedulerScore> = token<SchedulerScore>('SchedulerScore');
