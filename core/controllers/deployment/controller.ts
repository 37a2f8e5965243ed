import { isPodActive, isPodTerminal, isTerminating } from '../../api/pod-status.js';
import { controllerOf } from '../../api/owners.js';
import { deployments, pods, replicaSets } from '../../api/resources.js';
import type { Draft } from '../../api/resource.js';
import { isStatusError } from '../../api/status-error.js';
import type { Deployment, DeploymentStatus, LabelSelector, Pod, ReplicaSet } from '../../api/types.js';
import { watching, type Controller, type ReconcileResult } from '../../contracts/controller.js';
import type { Change } from '../../contracts/object-store.js';
import { claim } from '../claiming.js';
import type { ControllerDependencies } from '../dependencies.js';
import { objectKey, parseKey, textKey } from '../object-key.js';
import { ownerKeys } from '../owner-keys.js';
import { isNamespaceTerminating, messageOf, unlessGone } from '../refusals.js';
import { revisionAnnotation } from './annotations.js';
import { conditionOf } from './conditions.js';
import { planDeployment, type DeploymentAction } from './plan.js';
import { creationFailed } from './creation-failed.js';
import { sameTemplate } from './replica-sets.js';

const source = 'deployment-controller';

/** Out of sight: on a node that cannot be reached. The fleet says so in the pod's status. */
const isLost = ({ status }: Pod): boolean => status?.phase === 'Unknown';
/** A pod that is being deleted on a node out of reach does not hold up a Recreate: the node stops it before it starts anything newer. */
const mayRun = (pod: Pod): boolean => !isPodTerminal(pod) && !(isTerminating(pod) && isLost(pod));

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean => Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

type Executors = { readonly [K in DeploymentAction['kind']]: (deployment: Deployment, action: Extract<DeploymentAction, { kind: K }>) => Promise<Deployment> };

/** Rolls templates out over ReplicaSets. k8s: concepts/workloads/controllers/deployment */
export class DeploymentController implements Controller {
  readonly name = 'deployment';
  readonly workers = 5;
  readonly watches = [
    watching(deployments, ({ object }) => [textKey(object)]),
    watching(replicaSets, (change) => ownerKeys(this.dependencies.client, deployments, change)),
    watching(pods, (change) => this.keysOfPod(change)),
  ];

  /** Each answers the Deployment as it is afterwards. */
  private readonly executors: Executors = {
    createReplicaSet: (deployment, { replicaSet }) => this.createReplicaSet(deployment, replicaSet),
    updateReplicaSet: (deployment, action) => this.updateReplicaSet(deployment, action),
    deleteReplicaSet: (deployment, { replicaSet }) => this.deleteReplicaSet(deployment, replicaSet),
    setRevision: (deployment, { revision }) => this.setRevision(deployment, revision),
  };

  constructor(private readonly dependencies: ControllerDependencies) {}

  async reconcile(key: string): Promise<ReconcileResult | void> {
    const { client, clock, recorder } = this.dependencies;
    const deployment = client.get(deployments, parseKey(key));
    if (!deployment) return;
    if (isEmpty(deployment.spec.selector)) {
      recorder.record(deployments, deployment, 'Warning', 'SelectingAll', 'This deployment is selecting all pods. A non-empty selector is required.', source);
      return;
    }
    const owned = await claim(client, replicaSets, { resource: deployments, object: deployment, selector: deployment.spec.selector });
    const podsOf = new Map(owned.map((replicaSet) => [replicaSet.metadata.uid, this.podsOf(replicaSet)]));
    const counted = (counts: (pod: Pod) => boolean): ReadonlyMap<string, number> => new Map([...podsOf].map(([uid, list]) => [uid, list.filter(counts).length]));
    const plan = planDeployment({ deployment, replicaSets: owned, lost: counted((pod) => isPodActive(pod) && isLost(pod)), running: counted(mayRun), now: clock.now() });
    let current: Deployment | undefined = deployment;
    for (const action of plan.actions) current = current && await this.perform(current, action);
    if (!current) return;
    await this.report(current, plan.status);
    return plan.requeueAfterMs === undefined ? {} : { requeueAfterMs: plan.requeueAfterMs };
  }

  /** A verdict (why the rollout is where it is) outlives the master; counts are counted again. */
  private async report(deployment: Deployment, status: DeploymentStatus): Promise<void> {
    const reason = (of: DeploymentStatus | undefined): string | undefined => conditionOf(of?.conditions, 'Progressing')?.reason;
    const durability = reason(status) === reason(deployment.status) ? 'memory' : 'journal';
    await unlessGone(this.dependencies.client.updateStatus(deployments, { ...deployment, status }, durability));
  }

  private keysOfPod({ type, object, previous }: Change<Pod>): readonly string[] {
    if (type === 'MODIFIED' && previous && mayRun(object) === mayRun(previous) && isLost(object) === isLost(previous)) return [];
    const owner = controllerOf(object);
    if (owner?.kind !== replicaSets.kind) return [];
    const replicaSet = this.dependencies.client.get(replicaSets, { namespace: object.metadata.namespace ?? '', name: owner.name });
    const deployment = replicaSet && controllerOf(replicaSet);
    return deployment?.kind === deployments.kind ? [`${object.metadata.namespace ?? ''}/${deployment.name}`] : [];
  }

  private podsOf({ metadata: { namespace = '', uid } }: ReplicaSet): readonly Pod[] {
    return this.dependencies.client.list(pods, { namespace, owner: uid });
  }

  private perform<A extends DeploymentAction>(deployment: Deployment, action: A): Promise<Deployment> {
    return (this.executors[action.kind] as (deployment: Deployment, action: A) => Promise<Deployment>)(deployment, action);
  }

  private async createReplicaSet(deployment: Deployment, draft: Draft<ReplicaSet>): Promise<Deployment> {
    const { client, recorder } = this.dependencies;
    const { name = '' } = draft.metadata;
    try {
      await client.create(replicaSets, draft);
      if ((draft.spec.replicas ?? 0) > 0) recorder.record(deployments, deployment, 'Normal', 'ScalingReplicaSet', `Scaled up replica set ${name} from 0 to ${String(draft.spec.replicas)}`, source);
      return deployment;
    } catch (error) {
      if (isNamespaceTerminating(error)) return deployment;
      if (isStatusError(error, 'AlreadyExists')) return this.afterCollision(deployment, draft, error);
      const message = messageOf(error);
      recorder.record(deployments, deployment, 'Warning', 'ReplicaSetCreateError', `Failed to create new replica set "${name}": ${message}`, source);
      await client.updateStatus(deployments, { ...deployment, status: creationFailed(deployment, message, this.dependencies.clock.now()) });
      throw error;
    }
  }

  /** Our own from an earlier attempt is as good; another template of the same hash asks for another hash. k8s: collisionCount */
  private async afterCollision(deployment: Deployment, draft: Draft<ReplicaSet>, error: unknown): Promise<Deployment> {
    const { client } = this.dependencies;
    const there = client.get(replicaSets, { namespace: draft.metadata.namespace ?? '', name: draft.metadata.name ?? '' });
    if (there && controllerOf(there)?.uid === deployment.metadata.uid && sameTemplate(there.spec.template, draft.spec.template)) return deployment;
    const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
    await client.updateStatus(deployments, { ...deployment, status: { ...deployment.status, collisionCount } }, 'journal');
    throw error;
  }

  private async updateReplicaSet(deployment: Deployment, { replicaSet, from, to }: Extract<DeploymentAction, { kind: 'updateReplicaSet' }>): Promise<Deployment> {
    const { client, recorder } = this.dependencies;
    await client.update(replicaSets, replicaSet);
    if (from !== to) {
      const direction = to > from ? 'up' : 'down';
      recorder.record(deployments, deployment, 'Normal', 'ScalingReplicaSet', `Scaled ${direction} replica set ${replicaSet.metadata.name} from ${String(from)} to ${String(to)}`, source);
    }
    return deployment;
  }

  private async deleteReplicaSet(deployment: Deployment, replicaSet: ReplicaSet): Promise<Deployment> {
    await unlessGone(this.dependencies.client.delete(replicaSets, objectKey(replicaSet), { preconditions: { uid: replicaSet.metadata.uid } }));
    return deployment;
  }

  private setRevision(deployment: Deployment, revision: string): Promise<Deployment> {
    const annotations = { ...deployment.metadata.annotations, [revisionAnnotation]: revision };
    return this.dependencies.client.update(deployments, { ...deployment, metadata: { ...deployment.metadata, annotations } });
  }
}
