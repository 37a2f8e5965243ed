import { effectiveTaints } from '../../api/condition-taints.js';
import { controllerOf, controllerReference } from '../../api/owners.js';
import { controllerRevisions, daemonSets, nodes, pods } from '../../api/resources.js';
import { isTerminating } from '../../api/pod-status.js';
import type { Draft } from '../../api/resource.js';
import { isStatusError } from '../../api/status-error.js';
import { canonicalJson } from '../../api/template-hash.js';
import type { ControllerRevision, DaemonSet, Node, Pod } from '../../api/types.js';
import { watching, type Controller, type ReconcileResult } from '../../contracts/controller.js';
import type { Change } from '../../contracts/object-store.js';
import { claim } from '../claiming.js';
import type { ControllerDependencies } from '../dependencies.js';
import { objectKey, parseKey, textKey } from '../object-key.js';
import { ownerKeys } from '../owner-keys.js';
import { isNamespaceTerminating, messageOf, unlessGone } from '../refusals.js';
import { slowStart } from '../slow-start.js';
import { daemonPod, hashLabel } from './daemon-pod.js';
import { FailureBackoff } from './failure-backoff.js';
import { planDaemonSet, type DaemonSetAction } from './plan.js';
import { planRevisions, type RevisionAction } from './revisions.js';
import { daemonSetStatus, nextAvailability } from './status.js';

const source = 'daemonset-controller';

/** What decides whether a daemon pod belongs on a node. */
const placing = (node: Node): string => canonicalJson([node.metadata.labels, effectiveTaints(node)]);

type Executors = { readonly [K in DaemonSetAction['kind']]: (daemonSet: DaemonSet, action: Extract<DaemonSetAction, { kind: K }>, hash: string) => Promise<void> };
type RevisionExecutors = { readonly [K in RevisionAction['kind']]: (daemonSet: DaemonSet, action: Extract<RevisionAction, { kind: K }>) => Promise<void> };

/** Keeps one pod on every node that should have one. k8s: concepts/workloads/controllers/daemonset */
export class DaemonSetController implements Controller {
  readonly name = 'daemonset';
  readonly workers = 2;
  readonly watches = [
    watching(daemonSets, ({ object }) => [textKey(object)]),
    watching(pods, (change) => ownerKeys(this.dependencies.client, daemonSets, change)),
    watching(controllerRevisions, (change) => ownerKeys(this.dependencies.client, daemonSets, change)),
    watching(nodes, (change) => this.keysOfNode(change)),
  ];

  private readonly backoff = new FailureBackoff();

  private readonly executors: Executors = {
    createPod: (daemonSet, { name, node }, hash) => this.createPod(daemonSet, { name, node, hash }),
    deletePod: (daemonSet, action) => this.deletePod(daemonSet, action),
  };

  private readonly revisionExecutors: RevisionExecutors = {
    createRevision: (daemonSet, { revision }) => this.createRevision(daemonSet, revision),
    raiseRevision: async (_, { revision }) => { await this.dependencies.client.update(controllerRevisions, revision); },
    deleteRevision: (_, { revision }) => unlessGone(this.dependencies.client.delete(controllerRevisions, objectKey(revision), { preconditions: { uid: revision.metadata.uid } })),
  };

  constructor(private readonly dependencies: ControllerDependencies) {}

  async reconcile(key: string): Promise<ReconcileResult | void> {
    const { client, clock, recorder } = this.dependencies;
    const daemonSet = client.get(daemonSets, parseKey(key));
    if (!daemonSet) { this.backoff.forget(key); return; }
    const { matchLabels = {}, matchExpressions = [] } = daemonSet.spec.selector;
    if (Object.keys(matchLabels).length + matchExpressions.length === 0) {
      recorder.record(daemonSets, daemonSet, 'Warning', 'SelectingAll', 'This daemon set is selecting all pods. A non-empty selector is required.', source);
      return;
    }
    const owner = { resource: daemonSets, object: daemonSet, selector: daemonSet.spec.selector };
    const owned = await claim(client, pods, owner);
    const hash = await this.keepHistory(daemonSet, await claim(client, controllerRevisions, owner), owned);
    const { namespace = '' } = daemonSet.metadata;
    const plan = planDaemonSet({
      daemonSet, hash, pods: owned, nodes: client.list(nodes), backoff: this.backoff.waits(key, clock.monotonic()), now: clock.now(),
      isTaken: (name) => client.get(pods, { namespace, name }) !== undefined,
    });
    const errors = await slowStart(plan.actions, (action) => this.perform(daemonSet, action, hash));
    const wait = await this.report(key, hash);
    const failure = errors.find((error) => !isNamespaceTerminating(error));
    if (failure !== undefined) throw failure;
    const waits = [plan.requeueAfterMs, wait].filter((ms) => ms !== undefined);
    return waits.length === 0 ? {} : { requeueAfterMs: Math.min(...waits) };
  }

  private async keepHistory(daemonSet: DaemonSet, revisions: readonly ControllerRevision[], owned: readonly Pod[]): Promise<string> {
    const inUse = new Set(owned.map(({ metadata }) => metadata.labels?.[hashLabel] ?? ''));
    const { hash, actions } = planRevisions(daemonSet, revisions, inUse);
    if (isTerminating(daemonSet)) return hash;
    for (const action of actions) {
      await (this.revisionExecutors[action.kind] as (daemonSet: DaemonSet, action: RevisionAction) => Promise<void>)(daemonSet, action);
    }
    return hash;
  }

  /** What happened meanwhile is in the store: the status speaks of that. Answers the ms until it has to be looked at again. */
  private async report(key: string, hash: string): Promise<number | undefined> {
    const { client, clock } = this.dependencies;
    const daemonSet = client.get(daemonSets, parseKey(key));
    if (!daemonSet) return undefined;
    const { namespace = '', uid } = daemonSet.metadata;
    const owned = client.list(pods, { namespace, owner: uid }).filter((pod) => controllerOf(pod)?.uid === uid);
    const observation = { daemonSet, hash, pods: owned, nodes: client.list(nodes), now: clock.now() };
    await unlessGone(client.updateStatus(daemonSets, { ...daemonSet, status: daemonSetStatus(observation) }));
    return nextAvailability(observation);
  }

  private keysOfNode({ type, object, previous }: Change<Node>): readonly string[] {
    if (type === 'MODIFIED' && previous && placing(object) === placing(previous)) return [];
    return this.dependencies.client.list(daemonSets).map(textKey);
  }

  private perform<A extends DaemonSetAction>(daemonSet: DaemonSet, action: A, hash: string): Promise<void> {
    return (this.executors[action.kind] as (daemonSet: DaemonSet, action: A, hash: string) => Promise<void>)(daemonSet, action, hash);
  }

  private async createPod(daemonSet: DaemonSet, place: { readonly name: string; readonly node: string; readonly hash: string }): Promise<void> {
    const { client, recorder } = this.dependencies;
    const { namespace = '', uid } = daemonSet.metadata;
    try {
      await client.create(pods, daemonPod(daemonSet, { ...place, owner: controllerReference(daemonSets, daemonSet) }));
      recorder.record(daemonSets, daemonSet, 'Normal', 'SuccessfulCreate', `Created pod: ${place.name}`, source);
    } catch (error) {
      // Our own, from an earlier attempt whose answer got lost: nothing is missing.
      if (isStatusError(error, 'AlreadyExists') && client.list(pods, { namespace, owner: uid }).some(({ metadata }) => metadata.name === place.name)) return;
      if (!isNamespaceTerminating(error)) recorder.record(daemonSets, daemonSet, 'Warning', 'FailedCreate', `Error creating: ${messageOf(error)}`, source);
      throw error;
    }
  }

  private async deletePod(daemonSet: DaemonSet, { pod, node, why }: Extract<DaemonSetAction, { kind: 'deletePod' }>): Promise<void> {
    const { client, clock, recorder } = this.dependencies;
    const full = textKey(pod);
    if (why === 'failed') {
      this.backoff.note(textKey(daemonSet), node, clock.monotonic());
      recorder.record(daemonSets, daemonSet, 'Warning', 'FailedDaemonPod', `Found failed daemon pod ${full} on node ${node}, will try to kill it`, source);
    } else if (why === 'succeeded') {
      recorder.record(daemonSets, daemonSet, 'Normal', 'SucceededDaemonPod', `Found succeeded daemon pod ${full} on node ${node}, will try to delete it`, source);
    }
    await unlessGone(client.delete(pods, objectKey(pod), { preconditions: { uid: pod.metadata.uid } }));
    recorder.record(daemonSets, daemonSet, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`, source);
  }

  /** Another template of the same hash asks for another hash. k8s: collisionCount */
  private async createRevision(daemonSet: DaemonSet, revision: Draft<ControllerRevision>): Promise<void> {
    const { client } = this.dependencies;
    try {
      await client.create(controllerRevisions, revision);
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      if (!isStatusError(error, 'AlreadyExists')) throw error;
      const there = client.get(controllerRevisions, { namespace: revision.metadata.namespace ?? '', name: revision.metadata.name ?? '' });
      if (there && canonicalJson(there.data) === canonicalJson(revision.data)) return;
      const collisionCount = (daemonSet.status?.collisionCount ?? 0) + 1;
      await client.updateStatus(daemonSets, { ...daemonSet, status: { ...daemonSet.status, collisionCount } }, 'journal');
      throw error;
    }
  }
}
