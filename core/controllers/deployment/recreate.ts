import { isActive, sizeOf, type Family } from './replica-sets.js';
import type { Sizes } from './rolling.js';

export interface RecreateView {
  readonly family: Family;
  readonly replicas: number;
  /** Pods of old versions that may still run. */
  readonly running: number;
}

/** First nothing of the old, then all of the new. k8s: deployment/recreate.go */
export function recreateSizes({ family: { newest, old }, replicas, running }: RecreateView): Sizes {
  const active = old.filter(isActive);
  if (active.length > 0) return new Map(active.map(({ metadata }) => [metadata.uid, 0]));
  if (running > 0 || !newest || sizeOf(newest) === replicas) return new Map();
  return new Map([[newest.metadata.uid, replicas]]);
}

/** Whether a new version may be made (and be given pods). */
export const mayCreate = ({ family: { old }, running }: RecreateView): boolean => running === 0 && !old.some(isActive);
