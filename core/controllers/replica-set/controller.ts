import { controllerOf, controllerReference } from '../../api/owners.js';
import { isPodActive } from '../../api/pod-status.js';
import { pods, replicaSets } from '../../api/resources.js';
import { isStatusError } from '../../api/status-error.js';
import type { Pod, ReplicaSet } from '../../api/types.js';
import { watching, type Controller, type ReconcileResult } from '../../contracts/controller.js';
import { claim } from '../claiming.js';
import type { ControllerDependencies } from '../dependencies.js';
import { objectKey, parseKey, textKey } from '../object-key.js';
import { ownerKeys } from '../owner-keys.js';
import { podDraft } from '../pod-draft.js';
import { isNamespaceTerminating, messageOf, unlessGone } from '../refusals.js';
import { slowStart } from '../slow-start.js';
import { planReplicaSet, type ReplicaSetAction } from './plan.js';
import { nextAvailability, replicaSetStatus, type ReplicaSetObservation } from './status.js';

const source = 'replicaset-controller';

type Executors = { readonly [K in ReplicaSetAction['kind']]: (replicaSet: ReplicaSet, action: Extract<ReplicaSetAction, { kind: K }>) => Promise<void> };

/** Keeps as many pods as declared. k8s: concepts/workloads/controllers/replicaset */
export class ReplicaSetController implements Controller {
  readonly name = 'replicaset';
  readonly workers = 5;
  readonly watches = [
    watching(replicaSets, ({ object }) => [textKey(object)]),
    watching(pods, (change) => ownerKeys(this.dependencies.client, replicaSets, change)),
  ];

  private readonly executors: Executors = {
    createPod: (replicaSet, { name }) => this.createPod(replicaSet, name),
    deletePod: (replicaSet, { pod }) => this.deletePod(replicaSet, pod),
  };

  constructor(private readonly dependencies: ControllerDependencies) {}

  async reconcile(key: string): Promise<ReconcileResult | void> {
    const { client, clock } = this.dependencies;
    const replicaSet = client.get(replicaSets, parseKey(key));
    if (!replicaSet) return;
    const owned = await claim(client, pods, { resource: replicaSets, object: replicaSet, selector: replicaSet.spec.selector });
    const { namespace = '' } = replicaSet.metadata;
    const actions = planReplicaSet({
      replicaSet, pods: owned, related: this.related(replicaSet), now: clock.now(),
      isTaken: (name) => client.get(pods, { namespace, name }) !== undefined,
    });
    const errors = await slowStart(actions, (action) => this.perform(replicaSet, action));
    const failure = errors.find((error) => !isNamespaceTerminating(error));
    await this.report(key, failure === undefined ? undefined : { reason: actions[0]?.kind === 'deletePod' ? 'FailedDelete' : 'FailedCreate', message: messageOf(failure) });
    if (failure !== undefined) throw failure;
    return this.waiting(replicaSet);
  }

  /** What happened meanwhile is in the store: the status speaks of that. */
  private async report(key: string, failure: ReplicaSetObservation['failure']): Promise<void> {
    const { client, clock } = this.dependencies;
    const replicaSet = client.get(replicaSets, parseKey(key));
    if (!replicaSet) return;
    const status = replicaSetStatus({ replicaSet, pods: this.owned(replicaSet), now: clock.now(), ...(failure && { failure }) });
    await unlessGone(client.updateStatus(replicaSets, { ...replicaSet, status }));
  }

  private waiting(replicaSet: ReplicaSet): ReconcileResult {
    const { minReadySeconds = 0 } = replicaSet.spec;
    const wait = minReadySeconds === 0 ? undefined : nextAvailability(this.owned(replicaSet), minReadySeconds, this.dependencies.clock.now());
    return wait === undefined ? {} : { requeueAfterMs: wait };
  }

  private owned({ metadata: { namespace = '', uid } }: ReplicaSet): readonly Pod[] {
    return this.dependencies.client.list(pods, { namespace, owner: uid }).filter((pod) => controllerOf(pod)?.uid === uid);
  }

  private related(replicaSet: ReplicaSet): readonly Pod[] {
    const owner = controllerOf(replicaSet);
    const { namespace = '' } = replicaSet.metadata;
    const family = owner ? this.dependencies.client.list(replicaSets, { namespace, owner: owner.uid }) : [replicaSet];
    return family.flatMap((member) => this.owned(member)).filter(isPodActive);
  }

  private perform<A extends ReplicaSetAction>(replicaSet: ReplicaSet, action: A): Promise<void> {
    return (this.executors[action.kind] as (replicaSet: ReplicaSet, action: A) => Promise<void>)(replicaSet, action);
  }

  private async createPod(replicaSet: ReplicaSet, name: string): Promise<void> {
    const { client, recorder } = this.dependencies;
    const owner = controllerReference(replicaSets, replicaSet);
    try {
      await client.create(pods, podDraft(replicaSet.spec.template, { namespace: replicaSet.metadata.namespace ?? '', name, owner }));
      recorder.record(replicaSets, replicaSet, 'Normal', 'SuccessfulCreate', `Created pod: ${name}`, source);
    } catch (error) {
      // Our own slot, filled by an earlier attempt whose answer got lost: nothing is missing.
      if (isStatusError(error, 'AlreadyExists') && this.owned(replicaSet).some((pod) => pod.metadata.name === name)) return;
      if (!isNamespaceTerminating(error)) recorder.record(replicaSets, replicaSet, 'Warning', 'FailedCreate', `Error creating: ${messageOf(error)}`, source);
      throw error;
    }
  }

  private async deletePod(replicaSet: ReplicaSet, pod: Pod): Promise<void> {
    const { client, recorder } = this.dependencies;
    try {
      await unlessGone(client.delete(pods, objectKey(pod), { preconditions: { uid: pod.metadata.uid } }));
      recorder.record(replicaSets, replicaSet, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`, source);
    } catch (error) {
      recorder.record(replicaSets, replicaSet, 'Warning', 'FailedDelete', `Error deleting: ${messageOf(error)}`, source);
      throw error;
    }
  }
}
