import { isPodAvailable, isPodReady } from '../../api/pod-status.js';
import type { Pod } from '../../api/types.js';
import { hasHash, type NodePods } from './node-pods.js';

export interface UpkeepView {
  readonly node: NodePods;
  readonly hash: string;
  readonly surges: boolean;
  readonly minReadySeconds: number;
  readonly now: number;
  /** ms until a failed pod on this node may be replaced; 0 when now. */
  readonly backoffMs: number;
}

export type Removal = { readonly pod: Pod; readonly why: 'failed' | 'succeeded' | 'surplus' | 'misplaced' | 'outdated' };

export interface Upkeep {
  readonly create: boolean;
  readonly remove: readonly Removal[];
  readonly waitMs?: number;
}

/** Brings one node to one pod, whatever its version. k8s: daemon_controller podsShouldBeOnNode */
export function upkeepOf(view: UpkeepView): Upkeep {
  const { node: { run, keep, pods, staying }, backoffMs } = view;
  if (run && pods.length === 0) return { create: true, remove: [] };
  if (!keep) return { create: false, remove: staying.map((pod) => ({ pod, why: 'misplaced' })) };
  const failed = staying.filter(({ status }) => status?.phase === 'Failed');
  const ended: Removal[] = staying.filter(({ status }) => status?.phase === 'Succeeded').map((pod) => ({ pod, why: 'succeeded' }));
  const live = staying.filter(({ status }) => status?.phase !== 'Failed' && status?.phase !== 'Succeeded');
  const wait = failed.length > 0 && backoffMs > 0;
  const removed: Removal[] = wait ? [] : failed.map((pod) => ({ pod, why: 'failed' }));
  return { create: false, remove: [...removed, ...ended, ...surplus(view, live).map((pod) => ({ pod, why: 'surplus' } as const))], ...(wait && { waitMs: backoffMs }) };
}

function surplus({ hash, surges, minReadySeconds, now }: UpkeepView, live: readonly Pod[]): readonly Pod[] {
  if (live.length <= 1) return [];
  if (!surges) return live.slice(1);
  const updated = live.find((pod) => hasHash(pod, hash));
  const outdated = live.find((pod) => !hasHash(pod, hash));
  const others = live.filter((pod) => pod !== updated && pod !== outdated);
  if (!updated || !outdated) return others;
  return !isPodReady(outdated) || isPodAvailable(updated, minReadySeconds, now) ? [...others, outdated] : others;
}
