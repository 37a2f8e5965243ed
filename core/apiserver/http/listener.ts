import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Credentials } from '../auth/authenticate.js';
import { handleRequest } from './api-handler.js';
import type { ApiContext } from './api-context.js';

/** PEM texts. */
export interface TlsFiles { readonly key: string; readonly cert: string; readonly ca: string }

export interface ListenOptions { readonly host: string; /** 0 takes a free one. */ readonly port: number }

/** How long a stop waits for answers that are under way. */
const patienceMs = 2000;

/** The HTTPS end of the API. */
export class Listener {
  readonly #server: Server;
  readonly #context: ApiContext;
  readonly #sockets = new Set<Socket>();

  constructor(context: ApiContext, tls: TlsFiles) {
    this.#context = context;
    this.#server = createServer({
      key: tls.key, cert: tls.cert, ca: tls.ca, requestCert: true, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'], minVersion: 'TLSv1.2',
      // A client that dawdles over handshake, headers or body is cut; the answer may take as long as it likes.
      handshakeTimeout: 10_000, headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 90_000, connectionsCheckingInterval: 5000,
      maxHeaderSize: 32 * 1024,
    }, (request, response) => { void handleRequest(context, request, response, credentialsOf(request.socket as TLSSocket, request.headers.authorization)); });
    this.#server.maxConnections = 10_000;
    this.#server.maxHeadersCount = 100;
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
    });
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('clientError', (_error, socket) => { if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'); else socket.destroy(); });
    // No upgrades yet (exec, attach, port-forward): answered like any other request.
  }

  /** Rejects with Node's error (EADDRINUSE, EACCES, …). */
  async listen({ host, port }: ListenOptions): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => { this.#server.off('error', reject); resolve(); });
    });
    this.#server.on('error', (error) => { this.#context.log.error('the API listener failed', { error }); });
    return this.#server.address() as AddressInfo;
  }

  /** Ends watches and followed logs, lets the other answers finish, then cuts. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => { this.#server.close(() => { resolve(); }); });
    for (const stream of [...this.#context.streams]) stream.end();
    this.#server.closeIdleConnections();
    const timer = this.#context.verbs.clock.after(patienceMs, () => { for (const socket of this.#sockets) socket.destroy(); }, true);
    await closed;
    timer.cancel();
  }
}

/** Reading a certificate is costly and it cannot change on a connection. */
const subjects = new WeakMap<TLSSocket, { readonly subject: Credentials['subject'] }>();

function credentialsOf(socket: TLSSocket, authorization: string | undefined): Credentials {
  const known = subjects.get(socket) ?? { subject: socket.authorized ? socket.getPeerCertificate().subject : undefined };
  subjects.set(socket, known);
  return { ...(known.subject === undefined ? {} : { subject: known.subject }), ...(authorization === undefined ? {} : { authorization }) };
}
