import { isTerminating } from '../../api/pod-status.js';
import type { DaemonSet, Node, Pod } from '../../api/types.js';
import { freeNames } from '../slot-names.js';
import { placementOf, type NodePods } from './node-pods.js';
import { budgetOf, rolloutOf } from './rolling.js';
import { upkeepOf, type Removal, type Upkeep } from './upkeep.js';

/** Everything a DaemonSet may ask for, besides its history. */
export type DaemonSetAction =
  | { readonly kind: 'createPod'; readonly name: string; readonly node: string }
  | ({ readonly kind: 'deletePod'; readonly node: string } & Removal);

export interface DaemonSetView {
  readonly daemonSet: DaemonSet;
  /** Of the template as it is now. */
  readonly hash: string;
  /** All it owns. */
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  /** ms until failed pods of a node may be replaced, by node; absent: now. */
  readonly backoff: ReadonlyMap<string, number>;
  readonly isTaken: (name: string) => boolean;
  /** ms since 1970. */
  readonly now: number;
}

export interface DaemonSetPlan {
  readonly actions: readonly DaemonSetAction[];
  readonly requeueAfterMs?: number;
}

/** Most changes of one plan. k8s: BurstReplicas is 250; ours go out at once. */
const burst = 2000;

/** One pod on each node that should have one, and one step of the update. */
export function planDaemonSet(view: DaemonSetView): DaemonSetPlan {
  const { daemonSet, pods, nodes, hash, now } = view;
  if (isTerminating(daemonSet)) return { actions: [] };
  const placement = placementOf(daemonSet, pods, nodes);
  const rolls = daemonSet.spec.updateStrategy?.type !== 'OnDelete';
  const surges = rolls && budgetOf(daemonSet, placement.nodes).maxSurge > 0;
  const minReadySeconds = daemonSet.spec.minReadySeconds ?? 0;
  const upkeep = placement.nodes.map((node): readonly [NodePods, Upkeep] =>
    [node, upkeepOf({ node, hash, surges, minReadySeconds, now, backoffMs: view.backoff.get(node.name) ?? 0 })]);
  const busy = new Set(upkeep.filter(([, { create, remove }]) => create || remove.length > 0).map(([{ name }]) => name));
  const rollout = rolls ? rolloutOf({ daemonSet, nodes: placement.nodes, hash, busy, now }) : { remove: [], surge: [] };
  const removals: DaemonSetAction[] = [
    ...placement.astray.map((pod) => ({ kind: 'deletePod', node: '', pod, why: 'misplaced' } as const)),
    ...upkeep.flatMap(([{ name }, { remove }]) => remove.map((removal) => ({ kind: 'deletePod', node: name, ...removal } as const))),
    ...rollout.remove.map((pod) => ({ kind: 'deletePod', node: pod.spec.nodeName ?? '', pod, why: 'outdated' } as const)),
  ];
  const targets = [...upkeep.filter(([, { create }]) => create).map(([{ name }]) => name), ...rollout.surge];
  const waits = upkeep.flatMap(([, { waitMs }]) => (waitMs === undefined ? [] : [waitMs]));
  return { actions: [...removals, ...creations(view, targets)].slice(0, burst), ...(waits.length > 0 && { requeueAfterMs: Math.min(...waits) }) };
}

/** A pod's name comes from set, node and version: making it twice collides. */
function creations({ daemonSet: { metadata }, hash, pods, isTaken }: DaemonSetView, targets: readonly string[]): readonly DaemonSetAction[] {
  const held = new Set(pods.map((pod) => pod.metadata.name));
  return targets.flatMap((node) => freeNames({ owner: metadata.name, seed: `${metadata.uid}/${node}/${hash}`, isTaken: (name) => held.has(name) || isTaken(name) }, 1)
    .map((name): DaemonSetAction => { held.add(name); return { kind: 'createPod', name, node }; }));
}
