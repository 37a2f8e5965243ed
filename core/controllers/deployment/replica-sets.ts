import { isTerminating } from '../../api/pod-status.js';
import { canonicalJson } from '../../api/template-hash.js';
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../api/types.js';
import { revisionOf } from './annotations.js';

export const hashLabel = 'pod-template-hash';

export const sizeOf = ({ spec }: ReplicaSet): number => spec.replicas ?? 1;
/** Never more than it is to keep: a status may speak of pods that have been given up since. */
export const availableOf = (replicaSet: ReplicaSet): number => Math.min(sizeOf(replicaSet), replicaSet.status?.availableReplicas ?? 0);
export const isActive = (replicaSet: ReplicaSet): boolean => sizeOf(replicaSet) > 0;
export const total = (replicaSets: readonly ReplicaSet[], of: (replicaSet: ReplicaSet) => number): number => replicaSets.reduce((sum, replicaSet) => sum + of(replicaSet), 0);

export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [before, after] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  return before === after ? (a.metadata.name < b.metadata.name ? -1 : 1) : before < after ? -1 : 1;
}

/** A template without the hash label, as text: equal for templates that mean the same. k8s: EqualIgnoreHash */
function templateText({ metadata = {}, spec }: PodTemplateSpec): string {
  const { labels = {}, annotations = {} } = metadata;
  return canonicalJson({ labels: Object.fromEntries(Object.entries(labels).filter(([key]) => key !== hashLabel)), annotations, spec });
}

export const sameTemplate = (a: PodTemplateSpec, b: PodTemplateSpec): boolean => templateText(a) === templateText(b);

export interface Family {
  /** Of the template as it is now; the oldest one, should there be several. */
  readonly newest: ReplicaSet | undefined;
  /** The others, oldest first. */
  readonly old: readonly ReplicaSet[];
  readonly all: readonly ReplicaSet[];
}

/** k8s: deploymentutil.FindNewReplicaSet, FindOldReplicaSets */
export function familyOf({ spec }: Deployment, replicaSets: readonly ReplicaSet[]): Family {
  const all = [...replicaSets].sort(byAge);
  const text = templateText(spec.template);
  const newest = all.find((replicaSet) => !isTerminating(replicaSet) && templateText(replicaSet.spec.template) === text);
  return { newest, old: all.filter((replicaSet) => replicaSet !== newest), all };
}

/** The revision that the newest one is, or gets. */
export const nextRevision = ({ old }: Family): number => Math.max(0, ...old.map(revisionOf)) + 1;
