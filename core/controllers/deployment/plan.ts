import { isTerminating } from '../../api/pod-status.js';
import type { Draft } from '../../api/resource.js';
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../api/types.js';
import { newestAnnotations, revisionAnnotation, sizeAnnotations, type Annotations } from './annotations.js';
import { outlived } from './history.js';
import { isRecreate, limitsOf, type Limits } from './limits.js';
import { newReplicaSet } from './new-replica-set.js';
import { hasDeadline, isComplete, pausedConditions, untilDeadline } from './progress.js';
import { scaledSizes, wasScaled } from './proportional.js';
import { mayCreate, recreateSizes } from './recreate.js';
import { familyOf, nextRevision, sizeOf, total, type Family } from './replica-sets.js';
import { newestSize, rollingSizes, type Sizes } from './rolling.js';
import { conditionOf, withCondition, type Conditions } from './conditions.js';
import { countsOf, deploymentStatus } from './status.js';
import { quote } from '../quote.js';

/** Everything a Deployment may ask for. */
export type DeploymentAction =
  | { readonly kind: 'createReplicaSet'; readonly replicaSet: Draft<ReplicaSet> }
  /** `from` and `to` when the size changes. */
  | { readonly kind: 'updateReplicaSet'; readonly replicaSet: ReplicaSet; readonly from: number; readonly to: number }
  | { readonly kind: 'deleteReplicaSet'; readonly replicaSet: ReplicaSet }
  | { readonly kind: 'setRevision'; readonly revision: string };

export interface DeploymentView {
  readonly deployment: Deployment;
  /** All that it owns. */
  readonly replicaSets: readonly ReplicaSet[];
  /** Active pods on nodes that cannot be reached, by ReplicaSet uid. */
  readonly lost: ReadonlyMap<string, number>;
  /** Pods that may still run, by ReplicaSet uid; only asked for by Recreate. */
  readonly running: ReadonlyMap<string, number>;
  /** ms since 1970. */
  readonly now: number;
}

export interface DeploymentPlan {
  readonly actions: readonly DeploymentAction[];
  readonly status: DeploymentStatus;
  readonly requeueAfterMs?: number;
}

interface Situation extends DeploymentView {
  readonly family: Family;
  readonly limits: Limits;
  readonly paused: boolean;
  /** Only sizes are adapted: paused, or `spec.replicas` changed. */
  readonly resizing: boolean;
}

/** One step towards the declared template, strategy and size, and what can be said of it. k8s: deployment_controller syncDeployment */
export function planDeployment(view: DeploymentView): DeploymentPlan {
  const { deployment, now } = view;
  const family = familyOf(deployment, view.replicaSets);
  const limits = limitsOf(deployment);
  const paused = deployment.spec.paused === true;
  const situation: Situation = { ...view, family, limits, paused, resizing: paused || wasScaled(family, limits) };
  const conditions = pausedConditions(deployment, deployment.status?.conditions ?? [], now);
  if (isTerminating(deployment)) return { actions: [], status: deploymentStatus({ deployment, family, conditions, judged: false, now }) };
  const actions = actionsOf(situation);
  const status = deploymentStatus({ deployment, family, conditions: announced(conditions, situation, actions), judged: !situation.resizing, now });
  const wait = untilDeadline(deployment, status.conditions ?? [], now);
  return { actions, status, ...(wait !== undefined && { requeueAfterMs: wait }) };
}

function actionsOf(situation: Situation): readonly DeploymentAction[] {
  const { deployment, family, paused } = situation;
  const created = creation(situation);
  if (created) return [...created, ...revision(situation)];
  const resized = resizing(situation, sizesOf(situation));
  const cleaned = resized.length === 0 && (paused || isComplete(deployment, countsOf(deployment, family)))
    ? outlived(deployment, family).map((replicaSet) => ({ kind: 'deleteReplicaSet', replicaSet } as const)) : [];
  return [...resized, ...cleaned, ...revision(situation)];
}

function creation(situation: Situation): readonly DeploymentAction[] | undefined {
  const { deployment, family, limits, resizing: only, lost } = situation;
  if (family.newest || only) return undefined;
  const recreate = isRecreate(deployment);
  if (recreate && !mayCreate({ family, replicas: limits.replicas, running: runningOld(situation) })) return undefined;
  const size = recreate ? limits.replicas : newestSize({ family, limits, lost }, 0);
  return [{ kind: 'createReplicaSet', replicaSet: newReplicaSet(deployment, nextRevision(family), size) }];
}

function sizesOf(situation: Situation): Sizes {
  const { deployment, family, limits, resizing: only, lost } = situation;
  const recreate = isRecreate(deployment);
  if (only) return scaledSizes(family, limits, recreate);
  return recreate ? recreateSizes({ family, replicas: limits.replicas, running: runningOld(situation) }) : rollingSizes({ family, limits, lost });
}

const runningOld = ({ family: { old }, running }: Situation): number => total(old, ({ metadata }) => running.get(metadata.uid) ?? 0);

/** Sizes, and the annotations that go with them. While being resized, every active one learns the new total. */
function resizing({ deployment, family, limits, resizing: only }: Situation, sizes: Sizes): readonly DeploymentAction[] {
  const size = sizeAnnotations(limits.replicas, limits.replicas + limits.maxSurge);
  return family.all.flatMap((replicaSet) => {
    const from = sizeOf(replicaSet);
    const to = sizes.get(replicaSet.metadata.uid) ?? from;
    const stamped = to !== from || (from > 0 && only);
    const newest = replicaSet === family.newest;
    const base = newest ? newestAnnotations(deployment, replicaSet.metadata.annotations, nextRevision(family)) : replicaSet.metadata.annotations;
    const annotations = stamped ? { ...base, ...size } : base;
    const minReadySeconds = newest ? (deployment.spec.minReadySeconds ?? 0) : (replicaSet.spec.minReadySeconds ?? 0);
    if (to === from && minReadySeconds === (replicaSet.spec.minReadySeconds ?? 0) && sameAnnotations(annotations, replicaSet.metadata.annotations)) return [];
    const next = { ...replicaSet, metadata: { ...replicaSet.metadata, ...(annotations && { annotations }) }, spec: { ...replicaSet.spec, replicas: to, minReadySeconds } };
    return [{ kind: 'updateReplicaSet', replicaSet: next, from, to } as const];
  });
}

const sameAnnotations = (a: Annotations = {}, b: Annotations = {}): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => b[key] === value);

/** The Deployment carries the revision of its newest ReplicaSet, for `kubectl rollout history`. */
function revision({ deployment, family, resizing: only }: Situation): readonly DeploymentAction[] {
  if (!family.newest && only) return [];
  const known = family.newest?.metadata.annotations?.[revisionAnnotation];
  const wanted = known !== undefined && Number(known) >= nextRevision(family) ? known : String(nextRevision(family));
  return deployment.metadata.annotations?.[revisionAnnotation] === wanted ? [] : [{ kind: 'setRevision', revision: wanted }];
}

/** Says which ReplicaSet the rollout is about, when it begins. k8s: NewReplicaSetCreated, FoundNewReplicaSet */
function announced(conditions: Conditions, { deployment, family, now }: Situation, actions: readonly DeploymentAction[]): Conditions {
  if (!hasDeadline(deployment)) return conditions;
  const created = actions.find((action) => action.kind === 'createReplicaSet');
  if (created) {
    const message = `Created new replica set ${quote(created.replicaSet.metadata.name ?? '')}`;
    return withCondition(conditions, { type: 'Progressing', status: 'True', reason: 'NewReplicaSetCreated', message }, now);
  }
  if (!family.newest || conditionOf(conditions, 'Progressing')) return conditions;
  return withCondition(conditions, { type: 'Progressing', status: 'True', reason: 'FoundNewReplicaSet', message: `Found new replica set ${quote(family.newest.metadata.name)}` }, now);
}
