import type { NodeSummary, PodFootprint } from '../api/node-summary.js';
import type { Pod, RuntimeClass } from '../api/types.js';
import { token, type Token } from './token.js';

/** A pod that wants a node, with what can be said of it before looking at any. */
export interface PodToPlace {
  readonly pod: Pod;
  readonly footprint: PodFootprint;
  /** What `runtimeClassName` names; undefined when it names nothing (or nothing that exists). */
  readonly runtimeClass: RuntimeClass | undefined;
}

/** Says whether a pod may run on a node. Pure. */
export interface SchedulerFilter {
  readonly name: string;
  /** Why not, in words that follow a number of nodes (`node(s) were unschedulable`, `Insufficient cpu`); empty when it may. */
  reasons(pod: PodToPlace, node: NodeSummary): readonly string[];
}
export const SchedulerFilter: Token<SchedulerFilter> = token<SchedulerFilter>('SchedulerFilter');
