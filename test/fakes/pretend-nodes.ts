import { nodes, pods } from '../../core/api/resources.js';
import type { Node, Pod, PodStatus } from '../../core/api/types.js';
import type { Client } from '../../core/contracts/client.js';
import type { Clock } from '../../core/contracts/clock.js';
import type { Change } from '../../core/contracts/object-store.js';
import type { Subscription } from '../../core/contracts/subscription.js';

export interface PretendNodesOptions {
  readonly client: Client;
  readonly clock: Clock;
  /** ms from being bound to being ready; undefined: it never gets ready. Asked for each pod. */
  readonly readyAfterMs?: (pod: Pod) => number | undefined;
  /** ms from the order to stop to being gone. */
  readonly stopAfterMs?: number;
}

const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** A Node as the fleet makes it. */
export const nodeDraft = (name: string, { labels = {}, cpu = '4', memory = '4Gi', podCount = '110' }: { labels?: Record<string, string>; cpu?: string; memory?: string; podCount?: string } = {}) => ({
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels }, annotations: { 'kedge.dev/runtimes': 'docker,process' } }, spec: {},
  status: { capacity: { cpu, memory, pods: podCount }, allocatable: { cpu, memory, pods: podCount }, conditions: [{ type: 'Ready', status: 'True', reason: 'AgentReady' }] },
} as const);

/** What all nodes together would do with the pods bound to them: start, get ready, stop. Pods of silent nodes stay as they are. */
export class PretendNodes {
  private readonly silent = new Set<string>();
  private readonly begun = new Set<string>();
  private subscription: Subscription | undefined;

  constructor(private readonly options: PretendNodesOptions) {}

  start(): void { this.subscription = this.options.client.watch(pods, (change) => { this.seen(change); }); }

  stop(): void { this.subscription?.stop(); }

  /** Makes a node and says it is ready. */
  async add(name: string, how: Parameters<typeof nodeDraft>[1] = {}): Promise<Node> {
    const draft = nodeDraft(name, how);
    const node = await this.options.client.create(nodes, draft);
    return this.options.client.updateStatus(nodes, { ...node, status: draft.status });
  }

  /** Ready, NotReady, or out of sight. As the fleet does, the pods of a node out of sight become Unknown. */
  async setReady(name: string, status: 'True' | 'False' | 'Unknown'): Promise<void> {
    const { client } = this.options;
    const node = client.get(nodes, { name });
    if (!node) return;
    if (status === 'Unknown') this.silent.add(name); else this.silent.delete(name);
    await client.updateStatus(nodes, { ...node, status: { ...node.status, conditions: [{ type: 'Ready', status }] } });
    for (const pod of client.list(pods, { node: name })) {
      if (status === 'Unknown') await this.report(pod, { phase: 'Unknown', reason: 'NodeLost', conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: stamp(this.options.clock.now()) }] });
      else if (pod.metadata.deletionTimestamp !== undefined) this.finish(pod.metadata.namespace ?? '', pod.metadata.name, pod.metadata.uid);
      else { this.begun.delete(pod.metadata.uid); this.begin(pod); }
    }
  }

  /** The container of a pod ends for good. */
  fail(pod: Pod): Promise<void> { return this.report(pod, { phase: 'Failed', conditions: [{ type: 'Ready', status: 'False' }] }); }

  /** A pod stays, but does not answer any more. */
  unready(pod: Pod): Promise<void> { return this.report(pod, { phase: 'Running', conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: stamp(this.options.clock.now()) }] }); }

  private seen({ type, object, previous }: Change<Pod>): void {
    if (type === 'DELETED' || (object.spec.nodeName ?? '') === '' || this.silent.has(object.spec.nodeName ?? '')) return;
    if (object.metadata.deletionTimestamp === undefined) this.begin(object);
    else if (previous?.metadata.deletionTimestamp === undefined) {
      const { namespace = '', name, uid } = object.metadata;
      this.options.clock.after(this.options.stopAfterMs ?? 0, () => { this.finish(namespace, name, uid); });
    }
  }

  private begin(pod: Pod): void {
    const { namespace = '', name, uid } = pod.metadata;
    if (this.begun.has(uid)) return;
    this.begun.add(uid);
    const { readyAfterMs = () => 1000 } = this.options;
    const wait = readyAfterMs(pod);
    const status = (ready: 'True' | 'False'): PodStatus => ({ phase: 'Running', startTime: stamp(this.options.clock.now()), conditions: [{ type: 'Ready', status: ready, lastTransitionTime: stamp(this.options.clock.now()) }] });
    this.later(0, () => this.reportKey(namespace, name, uid, () => status('False')));
    if (wait !== undefined) this.later(wait, () => this.reportKey(namespace, name, uid, () => status('True')));
  }

  private finish(namespace: string, name: string, uid: string): void {
    const pod = this.options.client.get(pods, { namespace, name });
    if (pod?.metadata.uid !== uid || this.silent.has(pod.spec.nodeName ?? '')) return;
    void this.options.client.delete(pods, { namespace, name }, { gracePeriodSeconds: 0, preconditions: { uid } }).catch(() => undefined);
  }

  private later(ms: number, run: () => Promise<void>): void { this.options.clock.after(ms, () => { void run().catch(() => undefined); }); }

  private async reportKey(namespace: string, name: string, uid: string, status: () => PodStatus): Promise<void> {
    const pod = this.options.client.get(pods, { namespace, name });
    if (pod?.metadata.uid !== uid || this.silent.has(pod.spec.nodeName ?? '') || pod.status?.phase === 'Failed') return;
    await this.report(pod, status());
  }

  private async report(pod: Pod, status: PodStatus): Promise<void> {
    await this.options.client.updateStatus(pods, { ...pod, metadata: { ...pod.metadata, resourceVersion: '' }, status });
  }
}
