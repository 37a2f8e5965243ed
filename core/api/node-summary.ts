import type { Labels } from './labels.js';
import type { Node, Pod, Taint } from './types.js';

/** How much of each resource: thousandths for cpu, whole units for everything else; `pods` counts pods. */
export type ResourceAmounts = Readonly<Record<string, number>>;

/** A port taken on the node itself. */
export interface HostPort { readonly ip: string; readonly protocol: string; readonly port: number }

/** What a pod takes on a node. */
export interface PodFootprint {
  readonly uid: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Uid of its controller, '' when it has none. */
  readonly owner: string;
  readonly requests: ResourceAmounts;
  readonly hostPorts: readonly HostPort[];
  /** Asks to be kept apart from others, or close to them. */
  readonly hasAffinity: boolean;
  readonly pod: Pod;
}

/** A node, and the sum of what is on it: what filters and scores decide by. */
export interface NodeSummary {
  readonly name: string;
  readonly node: Node;
  readonly labels: Labels;
  /** Its own and those its conditions stand for. */
  readonly taints: readonly Taint[];
  /** Names of the runtimes its agent has loaded. */
  readonly runtimes: ReadonlySet<string>;
  readonly allocatable: ResourceAmounts;
  readonly requested: ResourceAmounts;
  readonly hostPorts: readonly HostPort[];
  readonly pods: ReadonlyMap<string, PodFootprint>;
  /** Pods by owner uid. */
  readonly owners: ReadonlyMap<string, number>;
}
