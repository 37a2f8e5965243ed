import type { Deployment, ReplicaSet } from '../../api/types.js';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
export const revisionHistoryAnnotation = 'deployment.kubernetes.io/revision-history';
export const desiredReplicasAnnotation = 'deployment.kubernetes.io/desired-replicas';
export const maxReplicasAnnotation = 'deployment.kubernetes.io/max-replicas';

/** What a Deployment does not hand down. k8s: deploymentutil.annotationsToSkip */
const ownAnnotations: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration', revisionAnnotation, revisionHistoryAnnotation, desiredReplicasAnnotation, maxReplicasAnnotation,
  'deprecated.deployment.rollback.to',
]);

const longestHistory = 2000;

export type Annotations = Readonly<Record<string, string>>;

const numberAt = (annotations: Annotations | undefined, key: string): number | undefined => {
  const text = annotations?.[key];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

/** 0 when it has none. */
export const revisionOf = ({ metadata }: ReplicaSet | Deployment): number => numberAt(metadata.annotations, revisionAnnotation) ?? 0;
/** How many the Deployment wanted when it last scaled this ReplicaSet. */
export const desiredOf = ({ metadata }: ReplicaSet): number | undefined => numberAt(metadata.annotations, desiredReplicasAnnotation);
/** How many it allowed in all, surge included, at that time. */
export const maximumOf = ({ metadata }: ReplicaSet): number | undefined => numberAt(metadata.annotations, maxReplicasAnnotation);

/** The Deployment's annotations as its newest ReplicaSet carries them. k8s: SetNewReplicaSetAnnotations */
export function newestAnnotations({ metadata }: Deployment, before: Annotations | undefined, revision: number): Annotations {
  const handedDown = Object.entries(metadata.annotations ?? {}).filter(([key]) => !ownAnnotations.has(key));
  const old = before?.[revisionAnnotation];
  const raised = old === undefined || !(Number(old) >= revision);
  const history = [before?.[revisionHistoryAnnotation], old].filter((text) => text !== undefined && text !== '').join(',').slice(-longestHistory);
  return {
    ...before, ...Object.fromEntries(handedDown),
    ...(raised && { [revisionAnnotation]: String(revision) }),
    ...(raised && old !== undefined && { [revisionHistoryAnnotation]: history }),
  };
}

/** k8s: SetReplicasAnnotations */
export const sizeAnnotations = (desired: number, maximum: number): Annotations => ({ [desiredReplicasAnnotation]: String(desired), [maxReplicasAnnotation]: String(maximum) });
