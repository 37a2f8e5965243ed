import { selectorMatches } from '../api/labels.js';
import { controllerOf } from '../api/owners.js';
import { isTerminating } from '../api/pod-status.js';
import type { KubeObject } from '../api/resource.js';
import type { LabelSelector } from '../api/types.js';

/** Which of the candidates belong to an owner, and which references must change for that. */
export interface Claims<T extends KubeObject> {
  /** Referenced and selected, also those that are being deleted. */
  readonly owned: readonly T[];
  /** Selected orphans: to get a controller reference. */
  readonly adopt: readonly T[];
  /** Referenced but not selected any more: to lose it. */
  readonly release: readonly T[];
}

/** k8s: controller_ref_manager ClaimObject */
export function planClaims<T extends KubeObject>(owner: KubeObject, selector: LabelSelector | undefined, candidates: readonly T[]): Claims<T> {
  const owned: T[] = [], adopt: T[] = [], release: T[] = [];
  const { uid, namespace } = owner.metadata;
  for (const object of candidates) {
    if (object.metadata.namespace !== namespace) continue;
    const controller = controllerOf(object);
    const selected = selectorMatches(selector, object.metadata.labels);
    if (controller?.uid === uid) {
      if (selected) owned.push(object); else if (!isTerminating(owner)) release.push(object);
    } else if (controller === undefined && selected && !isTerminating(owner) && !isTerminating(object)) adopt.push(object);
  }
  return { owned, adopt, release };
}
