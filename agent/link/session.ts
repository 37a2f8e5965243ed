import type { NodeStatus, PodStatus } from '../../core/api/types.js';
import { canonicalJson } from '../../core/api/template-hash.js';
import type { Clock, Link, LinkOptions, Log, MessageBus, Random, Timer, Will } from '../../core/contracts/index.js';
import { encode } from '../../core/messaging/codec.js';
import { receive } from '../../core/messaging/messages.js';
import { parseTopic, topics } from '../../core/messaging/topics.js';
import type { NodeReport, Presence } from '../../core/messaging/wire.js';
import type { PodEvents } from '../node/pod-events.js';
import { Outbox } from './outbox.js';

export interface SessionOptions {
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly cluster: string;
  readonly node: string;
  readonly link: Pick<LinkOptions, 'clientId' | 'username' | 'password' | 'keepalive'>;
  readonly version: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly events: PodEvents;
  readonly report: () => { readonly status: NodeStatus; readonly runtimes: readonly string[]; readonly observed: { readonly epoch: string; readonly revision: number } };
  /** Every pod's status, for a master that has forgotten. */
  readonly podStatuses: () => readonly { readonly uid: string; readonly namespace: string; readonly name: string; readonly status: PodStatus }[];
  readonly desired: (payload: Buffer) => void;
  readonly part: (hash: string, payload: Buffer) => void;
  readonly stream: (id: string, up: string, payload: Buffer) => void;
  readonly connected: (connected: boolean) => void;
}

/** Reports of one burst go out together. */
const coalesceMs = 10;

/** The node's control connection: who it is, what it should do, how it is. Everything is said again only when somebody may not have heard it. */
export class Session {
  readonly #options: SessionOptions;
  readonly #outbox = new Outbox();
  readonly #wanted = new Set<string>();
  #link: Link | undefined;
  #session: string;
  #seq = 0;
  #master: string | undefined;
  #lastReport: string | undefined;
  #flush: Timer | undefined;
  #flushing = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#session = options.random.uuid().slice(0, 8);
    options.events.onQueued(() => { this.#later(); });
  }

  get control(): Link | undefined { return this.#link; }

  open(): void {
    const { bus, cluster, node, link } = this.#options;
    this.#link = bus.open({ ...link, will: () => this.#will() }, {
      connected: () => { void this.#connected().catch((error: unknown) => { this.#options.log.warn('session not set up', { error: String(error) }); }); },
      disconnected: ({ message, refused }) => { this.#disconnected(message, refused); },
      message: (topic, payload) => { this.#receive(topic, payload); },
    });
  }

  /** A session of its own for each connection: the will of an older one says nothing about this. */
  #will(): Will {
    const { cluster, node, random } = this.#options;
    this.#session = random.uuid().slice(0, 8);
    return { topic: topics.node(cluster, node, 'presence'), payload: this.#presence(false), retain: true };
  }

  /** Says goodbye: offline without waiting for the keep-alive. */
  async close(): Promise<void> {
    this.#flush?.cancel();
    const { cluster, node } = this.#options;
    if (this.#link?.isConnected() === true) {
      await this.#send();
      await this.#link.publish(topics.node(cluster, node, 'presence'), this.#presence(false), { retain: true }).catch(() => undefined);
    }
    await this.#link?.close();
  }

  podReport(uid: string, pod: { readonly namespace: string; readonly name: string }, status: PodStatus | undefined): void {
    this.#outbox.put({ uid, namespace: pod.namespace, name: pod.name, status });
    this.#later();
  }

  /** The node's own status may have changed. */
  nodeChanged(): void { this.#later(); }

  /** Asks for parts; each answers through `part`. */
  want(hashes: readonly string[]): void {
    for (const hash of hashes) {
      if (this.#wanted.has(hash)) continue;
      this.#wanted.add(hash);
      this.#subscribePart(hash);
    }
  }

  got(hash: string): void {
    this.#wanted.delete(hash);
    const { cluster, node } = this.#options;
    this.#link?.unsubscribe(topics.part(cluster, node, hash)).catch(() => undefined);
  }

  /** Nothing of what was asked for is needed any more. */
  unwant(kept: ReadonlySet<string>): void { for (const hash of this.#wanted) if (!kept.has(hash)) this.got(hash); }

  #subscribePart(hash: string): void {
    const { cluster, node, log } = this.#options;
    this.#link?.subscribe(topics.part(cluster, node, hash)).catch((error: unknown) => { log.debug('part not asked for', { hash, error: String(error) }); });
  }

  #presence(online: boolean): Buffer {
    const presence: Presence = { v: 1, online, session: this.#session, version: this.#options.version };
    return Buffer.from(JSON.stringify(presence), 'utf8');
  }

  async #connected(): Promise<void> {
    const { cluster, node, log } = this.#options;
    const link = this.#link;
    if (link === undefined) return;
    log.info('connected', { node });
    this.#options.connected(true);
    // A will of the connection before may still be on its way; ours comes after it and counts.
    const online = link.publish(topics.node(cluster, node, 'presence'), this.#presence(true), { retain: true });
    const subscribed = [topics.announce(cluster), topics.node(cluster, node, 'desired'), topics.stream(cluster, node, '+', '+', 'down')].map((filter) => link.subscribe(filter));
    for (const hash of this.#wanted) this.#subscribePart(hash);
    await Promise.all([online, ...subscribed]);
    this.#later();
  }

  #disconnected(message: string, refused: number | undefined): void {
    const { node, log } = this.#options;
    this.#options.connected(false);
    if (refused === 2) log.error(`KD-2201: the master refuses this agent: another one is connected as node '${node}'. Give this one a name of its own with --name.`, { node });
    else if (refused !== undefined) log.error('KD-2202: the master refuses this agent: its token is unknown or has expired. Make a new one with `kedge token create` on the master.', { node });
    else log.info('not connected', { node, reason: message });
  }

  #receive(topic: string, payload: Buffer): void {
    const { cluster, log } = this.#options;
    const parsed = parseTopic(cluster, topic);
    switch (parsed?.kind) {
      case 'desired': this.#options.desired(payload); return;
      case 'part': this.#options.part(parsed.hash, payload); return;
      case 'stream': if (parsed.way === 'down') this.#options.stream(parsed.id, topics.stream(cluster, parsed.node, parsed.master, parsed.id, 'up'), payload); return;
      case 'announce': {
        const announce = receive('announce', payload);
        if (!announce.ok) { log.warn('message dropped', { topic, reason: announce.reason }); return; }
        this.#announced(announce.value.session);
        return;
      }
      default: log.warn('message dropped', { topic, reason: 'unknown topic' });
    }
  }

  /** Another run of the master has none of our reports. */
  #announced(session: string): void {
    if (session === this.#master) return;
    this.#master = session;
    this.#lastReport = undefined;
    for (const { uid, namespace, name, status } of this.#options.podStatuses()) this.#outbox.put({ uid, namespace, name, status });
    this.#later();
  }

  #later(): void {
    this.#flush ??= this.#options.clock.after(coalesceMs, () => { this.#flush = undefined; void this.#send(); });
  }

  /** Sends what waits, one message in flight; what the link loses stays queued. */
  async #send(): Promise<void> {
    const link = this.#link;
    if (this.#flushing || link === undefined || !link.isConnected() || this.#master === undefined) return;
    this.#flushing = true;
    try {
      await this.#sendNode(link);
      for (let report = this.#outbox.next(); report !== undefined; report = this.#outbox.next()) {
        const { cluster, node } = this.#options;
        const { uid, namespace, name, status } = report;
        const payload = status === undefined ? Buffer.alloc(0) : encode({ v: 1, session: this.#session, seq: this.#seq++, namespace, name, status }, [0, 2]);
        await link.publish(topics.pod(cluster, node, uid), payload, { retain: true });
        this.#outbox.sent(report);
      }
      const { cluster, node, events } = this.#options;
      if (events.size > 0) await link.publish(topics.node(cluster, node, 'event'), encode({ v: 1, events: events.take() }, [0, 2]));
    } catch (error) { this.#options.log.debug('report not sent', { error: String(error) }); } finally { this.#flushing = false; }
    if (link.isConnected() && (this.#outbox.size > 0 || this.#options.events.size > 0)) this.#later();
  }

  async #sendNode(link: Link): Promise<void> {
    const { cluster, node, labels } = this.#options;
    const report = { ...this.#options.report(), labels, codecs: [0, 1, 2] };
    const text = canonicalJson(report);
    if (text === this.#lastReport) return;
    const message: NodeReport = { v: 1, session: this.#session, seq: this.#seq++, ...report };
    await link.publish(topics.node(cluster, node, 'status'), encode(message, [0, 2]), { retain: true });
    this.#lastReport = text;
  }
}
