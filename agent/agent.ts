import { join } from 'node:path';
import type { Clock, ContainerRuntime, Crypto, Disk, LinkOptions, Log, MessageBus, Random, Subscription, Timer } from '../core/contracts/index.js';
import type { Lifecycle } from '../core/contracts/lifecycle.js';
import { receive } from '../core/messaging/messages.js';
import { isNewerManifest } from '../core/messaging/newer.js';
import type { StreamError } from '../core/messaging/stream-frames.js';
import type { LogsRequest, Manifest } from '../core/messaging/wire.js';
import { Checkpoint } from './checkpoint/checkpoint.js';
import { desiredPods } from './decide/desired-pods.js';
import { Session } from './link/session.js';
import type { Machine } from './node/machine.js';
import { NodeReporter } from './node/node-reporter.js';
import { PodEvents } from './node/pod-events.js';
import type { Network } from './perform/hooks.js';
import { PodWorkers } from './perform/pod-workers.js';
import { BulkLink } from './streams/bulk-link.js';
import { LogServer, type LogTarget } from './streams/log-server.js';
import type { HostFolders } from './volumes/host-folders.js';

export interface AgentOptions {
  readonly node: string;
  readonly cluster: string;
  readonly version: string;
  /** Everything the agent writes is below. */
  readonly folder: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly link: Pick<LinkOptions, 'username' | 'password' | 'keepalive'> & { readonly instance: string };
  /** By name; the first is the default. */
  readonly runtimes: readonly ContainerRuntime[];
  /** End by stopping all pods: for nodes that live as long as a terminal does. */
  readonly stopPodsAtEnd?: boolean;
}

export interface AgentDependencies {
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  readonly disk: Disk;
  readonly log: Log;
  readonly folders: HostFolders;
  readonly network: Network;
  readonly machine: Machine;
}

/** A safety net, not the mechanism: engines announce what changes. */
const relistMs = 60_000;

/** The node's side. Boots from its checkpoint before it looks for a network, and needs nobody to keep its promises. */
export class Agent implements Lifecycle {
  readonly #options: AgentOptions;
  readonly #deps: AgentDependencies;
  readonly #checkpoint: Checkpoint;
  readonly #workers: PodWorkers;
  readonly #session: Session;
  readonly #reporter: NodeReporter;
  readonly #logs: LogServer;
  readonly #bulk: BulkLink;
  readonly #subscriptions: Subscription[] = [];
  #offered: Manifest | undefined;
  #accepting = Promise.resolve();
  #relist: Timer | undefined;
  #retry: Timer | undefined;
  #stopped = false;

  constructor(options: AgentOptions, deps: AgentDependencies) {
    this.#options = options;
    this.#deps = deps;
    const { clock, random, log, disk, crypto, bus } = deps;
    const { node, cluster, version, labels, folder, link: { instance, ...credentials } } = options;
    const events = new PodEvents(clock);
    this.#checkpoint = new Checkpoint({ folder: join(folder, 'checkpoint'), disk, crypto, log });
    this.#reporter = new NodeReporter({ runtimes: options.runtimes, machine: deps.machine, version, log, clock, changed: () => { this.#session.nodeChanged(); } });
    this.#workers = new PodWorkers({ ...deps, node, folder, runtimes: options.runtimes, events, checkpoint: this.#checkpoint, report: (pod, status) => { this.#session.podReport(pod.uid, pod, status); } });
    this.#session = new Session({
      bus, clock, random, log, cluster, node, version, labels, events, link: { ...credentials, clientId: `${node}/${instance}` },
      report: () => ({ ...this.#reporter.report(), observed: { epoch: this.#checkpoint.manifest?.epoch ?? '', revision: this.#checkpoint.manifest?.revision ?? 0 } }),
      podStatuses: () => this.#workers.statuses(),
      desired: (payload) => { this.#desired(payload); }, part: (hash, payload) => { this.#part(hash, payload); },
      stream: (id, up, payload) => { this.#logs.receive(id, up, payload); },
      connected: () => undefined,
    });
    this.#bulk = new BulkLink({ bus, clock, link: { ...credentials, clientId: `${node}/${instance}/bulk` } });
    this.#logs = new LogServer({ clock, log, bulk: this.#bulk, control: () => this.#session.control, find: (request) => this.#findRun(request) });
  }

  async start(): Promise<void> {
    const { runtimes } = this.#options;
    await this.#checkpoint.load();
    for (const runtime of runtimes) this.#subscriptions.push(runtime.watch((uid) => { this.#runtimeChanged(uid); }));
    const asked = this.#reporter.refresh();
    this.#apply();
    // The engine is asked while the connection is made; what it is like is said with the first report.
    await asked;
    this.#session.open();
    this.#armRelist();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#relist?.cancel();
    this.#retry?.cancel();
    for (const subscription of this.#subscriptions.splice(0)) subscription.stop();
    this.#logs.close();
    if (this.#options.stopPodsAtEnd === true) await this.#workers.stopAll();
    this.#workers.close();
    await this.#bulk.close();
    await this.#session.close();
  }

  #runtimeChanged(uid: string | undefined): void {
    if (uid === undefined) void this.#reporter.refresh().then(() => this.#workers.wakeAll());
    else this.#workers.wake(uid);
  }

  #armRelist(): void {
    this.#relist = this.#deps.clock.after(relistMs, () => { void this.#reporter.refresh(); this.#workers.wakeAll(); this.#armRelist(); }, true);
  }

  /** Makes the checkpoint's manifest what the workers work for. */
  #apply(): void {
    const manifest = this.#checkpoint.manifest;
    const { pods, problems } = desiredPods(manifest, (hash) => this.#checkpoint.part(hash));
    for (const problem of problems) this.#deps.log.error('a pod of the manifest cannot be worked', { reason: problem });
    this.#workers.follow(pods, manifest !== undefined).catch((error: unknown) => { this.#deps.log.warn('workers not set up', { error: String(error) }); });
  }

  #desired(payload: Buffer): void {
    const { log } = this.#deps;
    const got = receive('manifest', payload);
    if (!got.ok) { log.warn('manifest dropped', { reason: got.reason, bytes: payload.length }); return; }
    if (got.value.node !== this.#options.node) { log.warn('manifest dropped', { reason: `it is for node '${got.value.node}'` }); return; }
    const newest = this.#offered ?? this.#checkpoint.manifest;
    if (!isNewerManifest(got.value, newest)) { this.#fetchMissing(); return; }
    this.#offered = got.value;
    this.#take();
  }

  /** Parts that a damaged checkpoint lost are asked for again. */
  #fetchMissing(): void {
    const manifest = this.#checkpoint.manifest;
    if (this.#offered === undefined && manifest !== undefined) this.#session.want(this.#checkpoint.missing(manifest));
  }

  #part(hash: string, payload: Buffer): void {
    this.#accepting = this.#accepting.then(async () => {
      const problem = await this.#checkpoint.addPart(hash, payload).catch((error: unknown) => { this.#diskFailed(error); return 'it cannot be written'; });
      if (problem !== undefined) { this.#deps.log.warn('part dropped', { hash, reason: problem }); return; }
      this.#session.got(hash);
      if (this.#offered === undefined) this.#apply(); else this.#take();
    });
  }

  /** Accepts the offered manifest once all its parts are on disk. The newest counts: an older one that still waits is forgotten. */
  #take(): void {
    const offered = this.#offered;
    if (offered === undefined) return;
    const missing = this.#checkpoint.missing(offered);
    this.#session.unwant(new Set(missing));
    if (missing.length > 0) { this.#session.want(missing); return; }
    this.#accepting = this.#accepting.then(async () => {
      if (this.#offered !== offered) return;
      try {
        await this.#checkpoint.accept(offered);
        this.#offered = undefined;
        this.#reporter.diskFull(false);
        this.#apply();
        this.#session.nodeChanged();
      } catch (error) { this.#diskFailed(error); }
    });
  }

  #diskFailed(error: unknown): void {
    const { log, clock } = this.#deps;
    log.error('KD-2103: the checkpoint cannot be written; the node goes on with the state it has and tries again. Make room on the disk.', { folder: this.#options.folder, error: String(error) });
    this.#reporter.diskFull(true);
    this.#retry?.cancel();
    if (!this.#stopped) this.#retry = clock.after(10_000, () => { this.#take(); }, true);
  }

  async #findRun({ uid, container, previous }: LogsRequest): Promise<LogTarget | StreamError> {
    const found = this.#workers.runtimeOf(uid);
    if (found === undefined) return { reason: 'NotFound', message: `the node has no pod ${uid}` };
    const runs = (await found.runtime.list(uid)).containers.filter(({ name }) => name === container).sort((a, b) => b.attempt - a.attempt);
    const run = previous ? runs[1] : runs[0];
    if (run !== undefined) return { runtime: found.runtime, containerId: run.id };
    return { reason: 'BadRequest', message: previous ? `previous terminated container "${container}" in pod "${found.pod.name}" not found` : `container "${container}" in pod "${found.pod.name}" is waiting to start: ContainerCreating` };
  }
}

