import { leases, nodes, pods } from '../api/resources.js';
import { MessageDecoders } from '../api/schema/decode.js';
import { isStatusError } from '../api/status-error.js';
import { canonicalJson } from '../api/template-hash.js';
import type { Node, NodeStatus, Pod, PodStatus } from '../api/types.js';
import type { Client, Clock, Log, ObjectKey, Subscription, Timer } from '../contracts/index.js';
import { WorkQueue } from '../machinery/work-queue.js';
import { isNewerReport } from '../messaging/newer.js';
import type { NodeReport, PodReport, Presence } from '../messaging/wire.js';
import { lostPodStatus, reachableStatus, reportedPodStatus, unreachableStatus } from './node-status.js';

interface NodeState {
  presence?: Presence;
  report?: NodeReport;
  lastSeen?: number;
  readonly pods: Map<string, PodReport>;
}

export interface ObserverOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when a node is no longer there. */
  readonly lost: (node: string) => void;
  /** A node that was not heard of for so long is lost, whatever its session says; undefined where pings cannot be seen. ms. */
  readonly silenceMs?: number;
}

const isOnline = (state: NodeState | undefined): boolean => state?.presence?.online === true;
const sweepMs = 15_000;

/** Brings what nodes report into Node and Pod objects. Holds the last report of each, and works level-triggered: the newest one counts. */
export class Observer {
  readonly #options: ObserverOptions;
  readonly #nodes = new Map<string, NodeState>();
  readonly #podKeys = new Map<string, ObjectKey>();
  readonly #queue: WorkQueue;
  readonly #decoders = new MessageDecoders();
  readonly #subscriptions: Subscription[] = [];
  #sweep: Timer | undefined;

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.#queue = new WorkQueue({ clock: options.clock, workers: 32, work: (key) => this.#work(key) });
  }

  start(): void {
    const { client } = this.#options;
    this.#subscriptions.push(client.watch(pods, ({ type, object, previous }) => {
      const { uid, namespace = '', name } = object.metadata;
      if (type === 'DELETED') { this.#podKeys.delete(uid); return; }
      this.#podKeys.set(uid, { namespace, name });
      if (type === 'ADDED' || previous?.spec.nodeName !== object.spec.nodeName || (object.metadata.deletionTimestamp !== undefined && previous?.metadata.deletionTimestamp === undefined)) this.#queue.add(`pod/${uid}`);
    }));
    for (const node of client.list(nodes)) this.#touch(node.metadata.name);
    if (this.#options.silenceMs !== undefined) this.#armSweep();
  }

  async stop(): Promise<void> {
    this.#sweep?.cancel();
    for (const subscription of this.#subscriptions.splice(0)) subscription.stop();
    await this.#queue.stop();
  }

  seen(node: string): void {
    const state = this.#nodes.get(node);
    if (state) state.lastSeen = this.#options.clock.now();
  }

  codecs(node: string): readonly number[] { return this.#nodes.get(node)?.report?.codecs ?? [0]; }
  isOnline(node: string): boolean { return isOnline(this.#nodes.get(node)); }

  presence(node: string, presence: Presence): void {
    const state = this.#state(node);
    // The will of a session that has been taken over says nothing about the one that took over.
    if (!presence.online && state.presence !== undefined && state.presence.session !== presence.session) return;
    const was = isOnline(state);
    state.presence = presence;
    if (presence.online) state.lastSeen = this.#options.clock.now();
    if (was && !presence.online) this.#options.lost(node);
    this.#touch(node);
  }

  report(node: string, report: NodeReport): void {
    const state = this.#state(node);
    const status = this.#read<NodeStatus>('NodeStatus', report.status, node);
    if (status === undefined || !isNewerReport(report, state.report)) return;
    state.report = { ...report, status };
    this.#queue.add(`node/${node}`);
  }

  podReport(node: string, uid: string, report: PodReport): void {
    const state = this.#state(node);
    const status = this.#read<PodStatus>('PodStatus', report.status, node);
    if (status === undefined || !isNewerReport(report, state.pods.get(uid))) return;
    // Only what the master knows is held: a node cannot fill the memory with pods it made up.
    if (!this.#podKeys.has(uid)) return;
    state.pods.set(uid, { ...report, status });
    this.#queue.add(`pod/${uid}`);
  }

  /** The node has nothing of the pod any more. */
  podGone(node: string, uid: string): void {
    this.#nodes.get(node)?.pods.delete(uid);
    const key = this.#podKeys.get(uid);
    const pod = key && this.#options.client.get(pods, key);
    if (key === undefined || pod?.spec.nodeName !== node || pod.metadata.deletionTimestamp === undefined) return;
    this.#options.client.delete(pods, key, { gracePeriodSeconds: 0, preconditions: { uid } })
      .catch((error: unknown) => { if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'Conflict')) this.#options.log.warn('pod not removed', { pod: key.name, error: String(error) }); });
  }

  #state(node: string): NodeState {
    const known = this.#nodes.get(node);
    if (known) return known;
    const state: NodeState = { pods: new Map() };
    this.#nodes.set(node, state);
    return state;
  }

  #read<T>(message: string, value: object, node: string): T | undefined {
    try { return this.#decoders.decode(message, value as Record<string, unknown>).value as T; } catch (error) {
      this.#options.log.warn('a report does not have its shape', { node, error: String(error) });
      return undefined;
    }
  }

  #touch(node: string): void {
    this.#queue.add(`node/${node}`);
    for (const { metadata: { uid } } of this.#options.client.list(pods, { node })) this.#queue.add(`pod/${uid}`);
  }

  #armSweep(): void {
    this.#sweep = this.#options.clock.after(sweepMs, () => {
      const limit = this.#options.clock.now() - (this.#options.silenceMs ?? 0);
      for (const [node, state] of this.#nodes) {
        if (state.presence?.online === true && (state.lastSeen ?? 0) < limit) this.presence(node, { ...state.presence, online: false });
      }
      this.#armSweep();
    }, true);
  }

  async #work(key: string): Promise<void> {
    const [kind, name = ''] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
    try { await (kind === 'node' ? this.#syncNode(name) : this.#syncPod(name)); } catch (error) {
      if (isStatusError(error, 'Conflict')) { this.#queue.add(key); return; }
      if (isStatusError(error, 'NotFound')) return;
      this.#options.log.warn('observation not stored', { key, error: String(error) });
      this.#queue.addRateLimited(key);
    }
  }

  async #syncNode(name: string): Promise<void> {
    const { client, clock } = this.#options;
    const state = this.#nodes.get(name);
    const node = client.get(nodes, { name }) ?? await this.#register(name, state);
    if (node === undefined) return;
    const named = state?.report === undefined ? node : await this.#relabel(node, state.report);
    const reachable = isOnline(state) && state?.report !== undefined;
    const status = reachable ? reachableStatus(state.report as NodeReport, named, clock.now()) : unreachableStatus(named, state?.lastSeen, clock.now());
    if (canonicalJson(withoutHeartbeat(status)) !== canonicalJson(withoutHeartbeat(named.status ?? {}))) await client.updateStatus(nodes, { ...named, status });
  }

  /** The first report of a node makes its object, as a kubelet registers itself. */
  async #register(name: string, state: NodeState | undefined): Promise<Node | undefined> {
    if (state?.report === undefined) return undefined;
    const { client } = this.#options;
    const node = await client.create(nodes, { metadata: { name, labels: labelsOf(name, state.report), annotations: { 'kedge.dev/runtimes': state.report.runtimes.join(',') } }, spec: {} });
    await client.create(leases, { metadata: { name, namespace: 'kube-node-lease' }, spec: { holderIdentity: name, leaseDurationSeconds: 40 } }).catch(() => undefined);
    for (const { metadata: { uid } } of client.list(pods, { node: name })) this.#queue.add(`pod/${uid}`);
    return node;
  }

  /** A node's own labels follow it; those that users gave stay. */
  async #relabel(node: Node, report: NodeReport): Promise<Node> {
    const labels = { ...node.metadata.labels, ...labelsOf(node.metadata.name, report) };
    const annotations = { ...node.metadata.annotations, 'kedge.dev/runtimes': report.runtimes.join(',') };
    if (canonicalJson([labels, annotations]) === canonicalJson([node.metadata.labels ?? {}, node.metadata.annotations ?? {}])) return node;
    return this.#options.client.update(nodes, { ...node, metadata: { ...node.metadata, labels, annotations } });
  }

  async #syncPod(uid: string): Promise<void> {
    const { client, clock } = this.#options;
    const key = this.#podKeys.get(uid);
    const pod = key && client.get(pods, key);
    const node = pod?.spec.nodeName ?? '';
    if (pod === undefined || pod.metadata.uid !== uid || node === '') return;
    const status = this.#statusOf(pod, node, clock.now());
    if (status !== undefined && canonicalJson(status) !== canonicalJson(pod.status ?? {})) await client.updateStatus(pods, { ...pod, status });
  }

  #statusOf(pod: Pod, node: string, now: number): PodStatus | undefined {
    const state = this.#nodes.get(node);
    if (!isOnline(state)) return neverStarted(pod) ? undefined : lostPodStatus(pod, node, now);
    const report = state?.pods.get(pod.metadata.uid);
    return report === undefined ? undefined : reportedPodStatus(pod, report.status);
  }
}

/** Bound, but its node has not been there since: Pending says all there is to say. */
const neverStarted = ({ status }: Pod): boolean => status?.phase === 'Pending' && (status.containerStatuses ?? []).length === 0 && status.startTime === undefined;

const labelsOf = (name: string, report: NodeReport): Readonly<Record<string, string>> => ({ 'kubernetes.io/hostname': name, ...report.labels });

const withoutHeartbeat = (status: NodeStatus): NodeStatus => ({ ...status, conditions: (status.conditions ?? []).map(({ lastHeartbeatTime: _time, ...condition }) => condition) });
