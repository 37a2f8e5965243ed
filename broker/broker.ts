import { once } from 'node:events';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes, type AuthenticateError, type Client } from 'aedes';
import type { Lifecycle } from '../core/contracts/lifecycle.js';
import type { Log, MessageBus } from '../core/contracts/index.js';
import { mayPublish, maySubscribe, type Identity } from './acl.js';
import { InProcessBus } from './in-process-bus.js';
import { retainedPersistence, type RetainedSource } from './retained.js';
import { NodeSessions, parseClientId } from './sessions.js';
import { sizeGuard } from './size-guard.js';

/** Is this the password of the user? Nodes are users by their name; the answer says what the connection may be. */
export type Authenticate = (credentials: { readonly username: string; readonly password: string }) => Promise<'node' | 'reader' | undefined>;

export interface BrokerOptions {
  readonly cluster: string;
  readonly authenticate: Authenticate;
  readonly retained: RetainedSource;
  /** Any packet of a node, pings included. */
  readonly seen: (node: string) => void;
  readonly log: Log;
  readonly listen: readonly BrokerListener[];
}

export interface BrokerListener {
  readonly host: string;
  readonly port: number;
  /** PEM; `cert` with the CA behind it, so that agents can pin the CA. Undefined: plain TCP. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** Largest packet a node may send. */
const maxPacketBytes = 512 * 1024;

export interface Broker extends Lifecycle {
  readonly bus: MessageBus;
  /** Ports in the order of `listen`, once started. */
  ports(): readonly number[];
  readonly counters: { refused: number; denied: number; oversized: number };
}

const refusal = (returnCode: number, message: string): AuthenticateError => Object.assign(new Error(message), { returnCode });

/** The embedded MQTT 3.1.1 broker: aedes with retained messages of our own, authentication, and topics by node. */
export class EmbeddedBroker implements Broker {
  readonly bus: MessageBus;
  readonly counters = { refused: 0, denied: 0, oversized: 0 };
  readonly #options: BrokerOptions;
  readonly #aedes: Aedes;
  readonly #identities = new WeakMap<Client, Identity>();
  readonly #sessions = new NodeSessions();
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  constructor(options: BrokerOptions) {
    this.#options = options;
    const { persistence } = retainedPersistence(options.cluster, options.retained);
    this.#aedes = new Aedes({
      // One reader that stalls must not hold up the others: no shared delivery slots, and it is dropped after a while.
      concurrency: 0, drainTimeout: 10_000, connectTimeout: 30_000, keepaliveLimit: 0, maxClientsIdLength: 512, persistence,
      authenticate: (client, username, password, done) => { void this.#authenticate(client, { username: username ?? '', password: password?.toString('utf8') ?? '' }).then((error) => { done(error ?? null, error === undefined); }); },
      authorizePublish: (client, packet, done) => { done(client === null || this.#mayPublish(client, packet.topic) ? null : new Error(`may not publish on ${packet.topic}`)); },
      authorizeSubscribe: (client, subscription, done) => { done(null, this.#maySubscribe(client, subscription.topic) ? subscription : null); },
    });
    this.bus = new InProcessBus(this.#aedes);
    this.#aedes.on('clientDisconnect', (client) => { this.#left(client); });
    this.#aedes.on('clientError', (client, error) => { options.log.debug('client error', { client: client.id, error: error.message }); });
    this.#aedes.on('connectionError', (client, error) => { options.log.debug('connection error', { client: client.id, error: error.message }); });
    this.#aedes.on('ping', (_packet, client) => { this.#seen(client); });
    this.#aedes.on('publish', (_packet, client) => { if (client) this.#seen(client); });
  }

  ports(): readonly number[] {
    return this.#servers.map((server) => { const address = server.address(); return address !== null && typeof address === 'object' ? address.port : 0; });
  }

  async start(): Promise<void> {
    await this.#aedes.listen();
    for (const { host, port, tls } of this.#options.listen) {
      const accept = (socket: Socket): void => { this.#accept(socket); };
      const server = tls === undefined ? createTcpServer(accept) : createTlsServer({ ...tls, minVersion: 'TLSv1.2' }, accept);
      server.on('tlsClientError', () => undefined);
      server.listen({ host, port, backlog: 4096 });
      await once(server, 'listening');
      server.on('error', (error) => { this.#options.log.error('broker listener failed', { error: error.message }); });
      this.#servers.push(server);
    }
  }

  async stop(): Promise<void> {
    const closed = this.#servers.map((server) => new Promise<void>((resolve) => { server.close(() => { resolve(); }); }));
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => { this.#aedes.close(() => { resolve(); }); });
    await Promise.all(closed);
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    this.#sockets.add(socket);
    socket.once('close', () => { this.#sockets.delete(socket); });
    const fits = sizeGuard(maxPacketBytes);
    socket.on('data', (chunk: Buffer) => {
      if (fits(chunk)) return;
      this.counters.oversized += 1;
      this.#options.log.warn('a client announced a packet that is too large; connection closed', { address: socket.remoteAddress ?? '', maxBytes: maxPacketBytes });
      socket.destroy();
    });
    this.#aedes.handle(socket);
  }

  async #authenticate(client: Client, credentials: { readonly username: string; readonly password: string }): Promise<AuthenticateError | undefined> {
    const kind = await this.#options.authenticate(credentials).catch(() => undefined);
    if (kind === 'reader') { this.#identities.set(client, { kind: 'reader' }); return undefined; }
    const name = parseClientId(client.id);
    if (kind === undefined) return this.#refuse(client, 4, 'bad user name or password');
    if (name === undefined || name.node !== credentials.username) return this.#refuse(client, 2, `the client id must be '<node>/<instance>' of the user '${credentials.username}'`);
    if (!this.#sessions.admit(name.node, name.instance)) return this.#refuse(client, 2, `another agent is connected as node '${name.node}'`);
    this.#identities.set(client, { kind: 'node', node: name.node, instance: name.instance });
    return undefined;
  }

  #refuse(client: Client, code: number, reason: string): AuthenticateError {
    this.counters.refused += 1;
    this.#options.log.warn('connection refused', { client: client.id, reason });
    return refusal(code, reason);
  }

  #mayPublish(client: Client, topic: string): boolean {
    const identity = this.#identities.get(client);
    return (identity !== undefined && mayPublish(identity, this.#options.cluster, topic)) || this.#deny(client, 'publish', topic);
  }

  #maySubscribe(client: Client, filter: string): boolean {
    const identity = this.#identities.get(client);
    return (identity !== undefined && maySubscribe(identity, this.#options.cluster, filter)) || this.#deny(client, 'subscribe', filter);
  }

  #deny(client: Client, act: 'publish' | 'subscribe', topic: string): false {
    this.counters.denied += 1;
    this.#options.log.warn(`may not ${act} there`, { client: client.id, topic });
    return false;
  }

  #left(client: Client): void {
    const identity = this.#identities.get(client);
    if (identity?.kind === 'node') this.#sessions.leave(identity.node, identity.instance);
    this.#identities.delete(client);
  }

  #seen(client: Client): void {
    const identity = this.#identities.get(client);
    if (identity?.kind === 'node') this.#options.seen(identity.node);
  }
}
