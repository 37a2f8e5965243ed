import type { Clock, Client, Crypto, Link, Log, MessageBus, PodLogs, Random } from '../contracts/index.js';
import type { Lifecycle } from '../contracts/lifecycle.js';
import { encode } from '../messaging/codec.js';
import { receive } from '../messaging/messages.js';
import { parseTopic, topics, type Topic } from '../messaging/topics.js';
import type { Announce } from '../messaging/wire.js';
import { LogStreams } from './log-streams.js';
import { ManifestPublisher } from './manifest-publisher.js';
import { NodeEvents } from './node-events.js';
import { Observer } from './observer.js';

export interface FleetOptions {
  readonly client: Client;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly cluster: string;
  /** The incarnation of the truth; changes when the store is new or restored. */
  readonly epoch: string;
  readonly revision: () => number;
  /** True for a broker that is not ours: retained messages are published instead of rendered. */
  readonly foreignBroker?: boolean;
}

/** The master's end of the wire: desired out, observed in, logs both ways. */
export class Fleet implements Lifecycle {
  readonly logs: PodLogs;
  readonly #options: FleetOptions;
  readonly #session: string;
  readonly #observer: Observer;
  readonly #publisher: ManifestPublisher;
  readonly #streams: LogStreams;
  readonly #events: NodeEvents;
  #link: Link | undefined;
  /** Messages that were dropped, by reason. */
  readonly dropped = new Map<string, number>();

  constructor(options: FleetOptions) {
    const { client, clock, random, crypto, log, cluster, epoch, revision, foreignBroker = false } = options;
    this.#options = options;
    this.#session = random.uuid();
    this.#observer = new Observer({ client, clock, log, lost: (node) => { this.#streams.lost(node); }, ...(foreignBroker ? {} : { silenceMs: 150_000 }) });
    this.#publisher = new ManifestPublisher({ client, clock, crypto, log, cluster, epoch, revision, codecs: (node) => this.#observer.codecs(node), publishRetained: foreignBroker });
    this.#streams = new LogStreams({ cluster, master: this.#session, clock, random, isOnline: (node) => this.#observer.isOnline(node) });
    this.#events = new NodeEvents({ client, clock, random, log });
    this.logs = this.#streams;
  }

  /** What the embedded broker keeps. */
  render(topic: string): Buffer | undefined {
    return topic === topics.announce(this.#options.cluster) ? this.#announcement() : this.#publisher.render(topic);
  }

  seen(node: string): void { this.#observer.seen(node); }

  start(): Promise<void> {
    const { bus, log } = this.#options;
    this.#observer.start();
    return new Promise((resolve) => {
      const link = bus.open({ clientId: `kedge-master/${this.#session}` }, {
        connected: () => {
          this.#subscribe(link).then(resolve, (error: unknown) => { log.error('the broker refuses the master', { error: String(error) }); });
        },
        disconnected: ({ message }) => { log.warn('the broker is not connected', { reason: message }); },
        message: (topic, payload) => { this.#receive(topic, payload); },
      });
      this.#link = link;
      this.#streams.start(link);
      this.#publisher.start(link);
    });
  }

  async stop(): Promise<void> {
    this.#publisher.stop();
    await this.#observer.stop();
    await this.#link?.close();
  }

  async #subscribe(link: Link): Promise<void> {
    const { cluster } = this.#options;
    const base = `kedge/v1/${cluster}/node/+`;
    for (const filter of [`${base}/presence`, `${base}/status`, `${base}/pod/+`, `${base}/event`]) await link.subscribe(filter, 1);
    await link.subscribe(this.#streams.filter, 0);
    await link.publish(topics.announce(cluster), this.#announcement(), { retain: this.#options.foreignBroker === true });
    if (this.#options.foreignBroker === true) this.#publisher.republish();
  }

  #announcement(): Buffer {
    const announce: Announce = { v: 1, epoch: this.#options.epoch, session: this.#session, time: new Date(this.#options.clock.now()).toISOString(), keys: [] };
    return encode(announce, [0]);
  }

  #receive(topic: string, payload: Buffer): void {
    const parsed = parseTopic(this.#options.cluster, topic);
    if (parsed === undefined || parsed.kind === 'announce') return;
    const problem = this.#accept(parsed, payload);
    if (problem === undefined) return;
    this.dropped.set(problem, (this.dropped.get(problem) ?? 0) + 1);
    this.#options.log.warn('message dropped', { topic, reason: problem, bytes: payload.length });
  }

  /** Answers why a message was dropped. */
  #accept(topic: Exclude<Topic, { readonly kind: 'announce' }>, payload: Buffer): string | undefined {
    switch (topic.kind) {
      case 'presence': { const got = receive('presence', payload); if (got.ok) this.#observer.presence(topic.node, got.value); return got.ok ? undefined : got.reason; }
      case 'status': { const got = receive('node', payload); if (got.ok) this.#observer.report(topic.node, got.value); return got.ok ? undefined : got.reason; }
      case 'event': { const got = receive('event', payload); if (got.ok) this.#events.accept(topic.node, got.value); return got.ok ? undefined : got.reason; }
      case 'pod': {
        if (payload.length === 0) { this.#observer.podGone(topic.node, topic.uid); return undefined; }
        const got = receive('pod', payload);
        if (got.ok) this.#observer.podReport(topic.node, topic.uid, got.value);
        return got.ok ? undefined : got.reason;
      }
      case 'stream': if (topic.way === 'up') this.#streams.receive(topic.node, topic.id, payload); return undefined;
      default: return undefined;
    }
  }
}
