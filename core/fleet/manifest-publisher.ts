import { configMaps, pods, secrets } from '../api/resources.js';
import type { KubeObject, Resource } from '../api/resource.js';
import type { Pod } from '../api/types.js';
import type { Change, Client, Clock, Crypto, Link, Log, Subscription } from '../contracts/index.js';
import { encode, encodeText } from '../messaging/codec.js';
import { parseTopic, topics } from '../messaging/topics.js';
import type { Manifest } from '../messaging/wire.js';
import { assign, type Assignment } from './assignment.js';
import { PartShelf } from './part-shelf.js';
import { referencesOf } from './pod-part.js';

export interface PublisherOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly cluster: string;
  readonly epoch: string;
  /** Rises with every write of the store, across restarts. */
  readonly revision: () => number;
  /** Encodings that a node reads. */
  readonly codecs: (node: string) => readonly number[];
  /** With a broker of its own the master renders retained messages on demand; with another it must publish them. */
  readonly publishRetained: boolean;
}

interface NodeManifest { readonly assignment: string; readonly manifest: Manifest }
interface Delivery { dirty: boolean; underWay: boolean }

/** What a change of a pod means for manifests: status alone means nothing. */
const concerns = ({ object, previous, type }: Change<Pod>): boolean => type !== 'MODIFIED' || previous === undefined || object.spec !== previous.spec
  || object.metadata.labels !== previous.metadata.labels || object.metadata.annotations !== previous.metadata.annotations || object.metadata.deletionTimestamp !== previous.metadata.deletionTimestamp
  || object.metadata.deletionGracePeriodSeconds !== previous.metadata.deletionGracePeriodSeconds;

/** Keeps every node's manifest true and delivers it: one message in flight a node, the newest wins. */
export class ManifestPublisher {
  readonly #options: PublisherOptions;
  readonly #shelf: PartShelf;
  readonly #manifests = new Map<string, NodeManifest>();
  readonly #deliveries = new Map<string, Delivery>();
  /** `configmaps/<ns>/<name>` → nodes whose pods refer to it, there or not. */
  readonly #referrers = new Map<string, Set<string>>();
  readonly #subscriptions: Subscription[] = [];
  #link: Link | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#shelf = new PartShelf((text) => options.crypto.sha256(text));
  }

  start(link: Link): void {
    this.#link = link;
    const { client } = this.#options;
    this.#subscriptions.push(client.watch(pods, (change) => {
      if (!concerns(change)) return;
      for (const node of new Set([change.object.spec.nodeName, change.previous?.spec.nodeName])) if (node !== undefined && node !== '') this.touch(node);
    }));
    this.#follow(configMaps);
    this.#follow(secrets);
  }

  stop(): void { for (const subscription of this.#subscriptions.splice(0)) subscription.stop(); }

  #follow<T extends KubeObject>(resource: Resource<T>): void {
    this.#subscriptions.push(this.#options.client.watch(resource, ({ object }) => {
      for (const node of this.#referrers.get(`${resource.plural}/${object.metadata.namespace ?? ''}/${object.metadata.name}`) ?? []) this.touch(node);
    }));
  }

  /** Something of this node may have changed. Changes of one turn are one message. */
  touch(node: string): void {
    const delivery = this.#deliveries.get(node) ?? { dirty: false, underWay: false };
    this.#deliveries.set(node, delivery);
    if (delivery.dirty) return;
    delivery.dirty = true;
    if (!delivery.underWay) this.#options.clock.after(0, () => { void this.#deliver(node, delivery); });
  }

  async #deliver(node: string, delivery: Delivery): Promise<void> {
    const { cluster, log, publishRetained } = this.#options;
    while (delivery.dirty) {
      delivery.dirty = false;
      const before = this.#manifests.get(node);
      const { manifest } = this.#current(node);
      if (before?.manifest === manifest || this.#link === undefined) continue;
      delivery.underWay = true;
      try {
        if (publishRetained) await this.#publishParts(node, manifest);
        await this.#link.publish(topics.node(cluster, node, 'desired'), this.#encoded(node, manifest), { retain: publishRetained });
      } catch (error) { log.debug('manifest not delivered', { node, error: String(error) }); }
      delivery.underWay = false;
    }
  }

  async #publishParts(node: string, manifest: Manifest): Promise<void> {
    const { cluster } = this.#options;
    for (const hash of new Set([...manifest.pods, ...manifest.configs, ...manifest.secrets].map(({ hash: one }) => one))) {
      const text = this.#shelf.text(hash);
      if (text !== undefined) await this.#link?.publish(topics.part(cluster, node, hash), encodeText(text, this.#options.codecs(node)), { retain: true });
    }
  }

  /** After a reconnect to a foreign broker: what it keeps may be old. */
  republish(): void {
    for (const node of this.#manifests.keys()) { this.#manifests.delete(node); this.touch(node); }
  }

  /** What the embedded broker keeps for a topic: `desired` and `part/<hash>` of a node. */
  render(topic: string): Buffer | undefined {
    const parsed = parseTopic(this.#options.cluster, topic);
    if (parsed?.kind === 'desired') return this.#encoded(parsed.node, this.#current(parsed.node).manifest);
    if (parsed?.kind !== 'part') return undefined;
    const text = this.#names(parsed.node, parsed.hash) ? this.#shelf.text(parsed.hash) : undefined;
    return text === undefined ? undefined : encodeText(text, this.#options.codecs(parsed.node));
  }

  /** A node gets only the parts of its own manifest. */
  #names(node: string, hash: string): boolean {
    const { pods: podsOf, configs, secrets: secretsOf } = this.#current(node).manifest;
    return podsOf.some((pod) => pod.hash === hash) || configs.some((config) => config.hash === hash) || secretsOf.some((secret) => secret.hash === hash);
  }

  #encoded(node: string, manifest: Manifest): Buffer { return encode(manifest, this.#options.codecs(node)); }

  #current(node: string): NodeManifest {
    const delivery = this.#deliveries.get(node);
    const held = this.#manifests.get(node);
    if (held !== undefined && delivery?.dirty === false) return held;
    const assignment = this.#assign(node);
    const text = JSON.stringify(assignment);
    if (held?.assignment === text) return held;
    const revision = Math.max((held?.manifest.revision ?? 0) + 1, this.#options.revision());
    const next: NodeManifest = { assignment: text, manifest: { v: 1, node, epoch: this.#options.epoch, revision, ...assignment } };
    this.#manifests.set(node, next);
    this.#sweep();
    return next;
  }

  #assign(node: string): Assignment {
    const { client } = this.#options;
    const mine = client.list(pods, { node });
    for (const { metadata: { namespace = '' }, spec } of mine) {
      for (const { kind, name } of referencesOf(spec)) {
        const key = `${kind === 'config' ? 'configmaps' : 'secrets'}/${namespace}/${name}`;
        const referrers = this.#referrers.get(key) ?? new Set();
        this.#referrers.set(key, referrers.add(node));
      }
    }
    return assign(mine, {
      config: (namespace, name) => client.get(configMaps, { namespace, name }),
      secret: (namespace, name) => client.get(secrets, { namespace, name }),
      name: (part, source) => this.#shelf.name(part, source),
    });
  }

  #sweepAt = 1024;

  /** Drops the texts of parts that no manifest names, now and then. */
  #sweep(): void {
    if (this.#shelf.size < this.#sweepAt) return;
    const named = new Set<string>();
    for (const { manifest } of this.#manifests.values()) for (const { hash } of [...manifest.pods, ...manifest.configs, ...manifest.secrets]) named.add(hash);
    this.#shelf.keep(named);
    this.#sweepAt = Math.max(1024, this.#shelf.size * 2);
  }
}
