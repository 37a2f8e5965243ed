import type { Pod, PodCondition } from './types.js';

export const podCondition = (pod: Pod, type: string): PodCondition | undefined => pod.status?.conditions?.find((condition) => condition.type === type);

export const isPodReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True';

/** Ready for `minReadySeconds`. `now` in ms. k8s: podutil.IsPodAvailable */
export function isPodAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  const ready = podCondition(pod, 'Ready');
  if (ready?.status !== 'True') return false;
  return minReadySeconds === 0 || Date.parse(ready.lastTransitionTime ?? '') + minReadySeconds * 1000 <= now;
}

/** Succeeded or Failed: will never run again. */
export const isPodTerminal = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

export const isTerminating = (object: { readonly metadata: { readonly deletionTimestamp?: string } }): boolean => object.metadata.deletionTimestamp !== undefined;

/** Counts as a replica. k8s: controller.IsPodActive */
export const isPodActive = (pod: Pod): boolean => !isPodTerminal(pod) && !isTerminating(pod);
