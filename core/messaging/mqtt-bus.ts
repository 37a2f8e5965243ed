import type { IClientOptions, MqttClient } from 'mqtt';
import type { Clock, Link, LinkEvents, LinkOptions, Log, MessageBus, Random, Timer } from '../contracts/index.js';
import { fullJitterDelay } from '../machinery/backoff.js';
import { pinnedAuthority } from './pinned-authority.js';

/** How a broker is reached and recognised. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  /** Undefined: plain TCP, for a broker on the same machine. */
  readonly tls?: {
    /** PEM of the CA to trust; or its fingerprint `sha256:<hex>`, by which it is fetched from the broker on the first connect. */
    readonly ca?: string;
    readonly fingerprint?: string;
    /** Called with the CA that the fingerprint proved, to be kept. */
    readonly learned?: (ca: string) => void;
    /** Name in the broker's certificate. Default: the host. */
    readonly servername?: string;
  };
}

/** Delay before the next try; the first one is quick, a fleet does not return as one. */
const backoff = { baseMs: 1000, capMs: 120_000 };
/** A refusal (bad token, name taken) is not the network's fault: asking again at once would not help. */
const refusedBackoff = { baseMs: 30_000, capMs: 300_000 };
const connectTimeoutMs = 30_000;

export interface MqttBusOptions { readonly address: BrokerAddress; readonly clock: Clock; readonly random: Random; readonly log: Log; readonly backoff?: { readonly baseMs: number; readonly capMs: number } }

/** Any MQTT 3.1.1 broker, through mqtt.js. */
export class MqttBus implements MessageBus {
  readonly #options: MqttBusOptions;
  constructor(options: MqttBusOptions) { this.#options = options; }
  open(link: LinkOptions, events: LinkEvents): Link { return new MqttLink(this.#options, link, events); }
}

/** mqtt-packet would keep 65,536 small buffers (15 MiB) to save the making of them. */
async function loadMqtt(): Promise<typeof import('mqtt')> {
  const [mqtt, packet] = await Promise.all([import('mqtt'), import('mqtt-packet')]);
  const generator = ((packet as { default?: unknown }).default ?? packet) as { writeToStream: { cacheNumbers: boolean } };
  generator.writeToStream.cacheNumbers = false;
  return ((mqtt as { default?: typeof import('mqtt') }).default ?? mqtt);
}

class MqttLink implements Link {
  readonly #bus: MqttBusOptions;
  readonly #link: LinkOptions;
  readonly #events: LinkEvents;
  #client: MqttClient | undefined;
  #retry: Timer | undefined;
  #attempt = 0;
  #up = false;
  #closed = false;
  #ca: string | undefined;

  constructor(bus: MqttBusOptions, link: LinkOptions, events: LinkEvents) {
    this.#bus = bus;
    this.#link = link;
    this.#events = events;
    this.#ca = bus.address.tls?.ca;
    void this.#connect();
  }

  isConnected(): boolean { return this.#up; }

  backlog(): number {
    const stream = this.#client?.stream as { writableLength?: number } | undefined;
    return stream?.writableLength ?? 0;
  }

  publish(topic: string, payload: Buffer, { qos = 1, retain = false }: { readonly qos?: 0 | 1; readonly retain?: boolean } = {}): Promise<void> {
    return this.#ask((client, done) => { client.publish(topic, payload, { qos, retain }, done); });
  }

  subscribe(filter: string, qos: 0 | 1 = 1): Promise<void> {
    return this.#ask((client, done) => {
      client.subscribe(filter, { qos }, (error, granted) => {
        done(error ?? (granted?.some((grant) => (grant.qos as number) === 128) === true ? new Error(`the broker refuses the subscription '${filter}'`) : undefined));
      });
    });
  }

  unsubscribe(filter: string): Promise<void> { return this.#ask((client, done) => { client.unsubscribe(filter, done); }); }

  async close(abrupt = false): Promise<void> {
    this.#closed = true;
    this.#up = false;
    this.#retry?.cancel();
    const client = this.#client;
    if (client) await new Promise<void>((resolve) => { client.end(abrupt, {}, () => { resolve(); }); });
  }

  #ask(act: (client: MqttClient, done: (error?: Error | null) => void) => void): Promise<void> {
    const client = this.#client;
    if (!this.#up || client === undefined) return Promise.reject(new Error('the broker is not connected'));
    return new Promise((resolve, reject) => {
      const lost = (): void => { reject(new Error('the connection to the broker was lost')); };
      client.once('close', lost);
      act(client, (error) => {
        client.removeListener('close', lost);
        if (error) reject(error); else resolve();
      });
    });
  }

  async #connect(): Promise<void> {
    try {
      const { connect } = await loadMqtt();
      const options = await this.#clientOptions();
      if (this.#closed) return;
      const client = connect(options);
      client.setMaxListeners(0);
      this.#client = client;
      this.#listen(client);
    } catch (error) {
      this.#down(error instanceof Error ? error.message : String(error));
    }
  }

  async #clientOptions(): Promise<IClientOptions> {
    const { host, port, tls } = this.#bus.address;
    const { clientId, username, password, will, keepalive = 60 } = this.#link;
    const base: IClientOptions = {
      host, port, clientId, keepalive, protocol: tls === undefined ? 'mqtt' : 'mqtts', protocolVersion: 4, clean: true, reconnectPeriod: 0, connectTimeout: connectTimeoutMs, resubscribe: false, queueQoSZero: false,
      ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }), ...(will === undefined ? {} : { will: { ...will(), qos: 1 } }),
    };
    if (tls === undefined) return base;
    if (this.#ca === undefined && tls.fingerprint !== undefined) {
      this.#ca = await pinnedAuthority({ host, port }, tls.fingerprint);
      tls.learned?.(this.#ca);
    }
    return { ...base, ...(this.#ca === undefined ? {} : { ca: this.#ca }), rejectUnauthorized: true, ...(tls.servername === undefined ? {} : { servername: tls.servername }) };
  }

  #listen(client: MqttClient): void {
    let failure: { readonly message: string; readonly refused?: number } | undefined;
    client.on('connect', () => {
      if (this.#closed || client !== this.#client) return;
      this.#up = true;
      this.#attempt = 0;
      this.#events.connected();
    });
    client.on('message', (topic, payload, { retain }) => { if (client === this.#client && !this.#closed) this.#events.message(topic, payload, retain); });
    client.on('error', (error) => {
      const code = (error as { code?: unknown }).code;
      failure = { message: error.message, ...(typeof code === 'number' && code >= 1 && code <= 5 ? { refused: code } : {}) };
    });
    client.on('close', () => {
      if (client !== this.#client) return;
      this.#client = undefined;
      client.end(true);
      this.#down(failure?.message ?? 'connection closed', failure?.refused);
    });
  }

  #down(message: string, refused?: number): void {
    this.#up = false;
    if (this.#closed) return;
    this.#events.disconnected({ message, ...(refused === undefined ? {} : { refused }) });
    const delay = fullJitterDelay(this.#attempt, refused === undefined ? (this.#bus.backoff ?? backoff) : refusedBackoff, this.#bus.random.next());
    this.#attempt += 1;
    this.#bus.log.debug('broker not connected', { reason: message, retryMs: Math.round(delay) });
    this.#retry = this.#bus.clock.after(delay, () => { void this.#connect(); });
  }
}
