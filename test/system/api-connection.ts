import { Agent, request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { parse } from 'yaml';

export interface ApiAnswer { readonly status: number; readonly text: string; readonly json: unknown }
export interface WatchEvent<T> { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'; readonly object: T }

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }[];
  readonly users: readonly { readonly user: { readonly 'client-certificate-data'?: string; readonly 'client-key-data'?: string; readonly token?: string } }[];
}

const pem = (base64: string | undefined): Buffer | undefined => (base64 === undefined ? undefined : Buffer.from(base64, 'base64'));

/** A plain client of the public API, as the kubeconfig describes it. Nothing of the server is imported. */
export class ApiConnection {
  readonly server: URL;
  private readonly agent: Agent;
  private readonly token: string | undefined;

  constructor(kubeconfigPath: string) {
    const config = parse(readFileSync(kubeconfigPath, 'utf8')) as Kubeconfig;
    const cluster = config.clusters[0]?.cluster;
    const user = config.users[0]?.user;
    if (!cluster || !user) throw new Error(`${kubeconfigPath} names no cluster or no user`);
    this.server = new URL(cluster.server);
    this.token = user.token;
    const cert = pem(user['client-certificate-data']);
    const key = pem(user['client-key-data']);
    this.agent = new Agent({ keepAlive: true, ca: pem(cluster['certificate-authority-data']), ...(cert && key ? { cert, key } : {}) });
  }

  private open(method: string, path: string, body?: string | Buffer, contentType = 'application/json'): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers: Record<string, string | number> = { accept: 'application/json' };
      if (this.token !== undefined) headers['authorization'] = `Bearer ${this.token}`;
      if (body !== undefined) { headers['content-type'] = contentType; headers['content-length'] = Buffer.byteLength(body); }
      const request = httpsRequest(new URL(path, this.server), { method, agent: this.agent, headers }, resolve);
      request.on('error', reject);
      request.end(body);
    });
  }

  async request(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiAnswer> {
    const payload = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const response = await this.open(method, path, payload, contentType);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    let json: unknown;
    try { json = JSON.parse(text); } catch { json = undefined; }
    return { status: response.statusCode ?? 0, text, json };
  }

  /** Answers the JSON body; throws with the server's words on a status of 300 or more. */
  async ok<T = unknown>(method: string, path: string, body?: unknown, contentType?: string): Promise<T> {
    const answer = await this.request(method, path, body, contentType);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${String(answer.status)} ${answer.text.slice(0, 500)}`);
    return answer.json as T;
  }

  /** Watch events as they come, until the iteration is left. */
  async *watch<T>(path: string): AsyncGenerator<WatchEvent<T>> {
    const separator = path.includes('?') ? '&' : '?';
    const response = await this.open('GET', `${path}${separator}watch=true`);
    try {
      for await (const line of createInterface({ input: response })) if (line !== '') yield JSON.parse(line) as WatchEvent<T>;
    } finally { response.destroy(); }
  }

  /** Waits until the watched set satisfies `done`; answers it. Rejects after `timeoutMs` with what was there. */
  async until<T extends { metadata: { uid: string } }>(path: string, done: (objects: readonly T[]) => boolean, timeoutMs = 60_000): Promise<readonly T[]> {
    const held = new Map<string, T>();
    const events = this.watch<T>(path);
    const limit = new Promise<'late'>((resolve) => { setTimeout(() => { resolve('late'); }, timeoutMs).unref(); });
    let next = events.next();
    for (;;) {
      const first = await Promise.race([next, limit]);
      if (first === 'late' || first.done === true) {
        void events.return(undefined);
        throw new Error(`${path}: not reached in ${String(timeoutMs)} ms; there was ${JSON.stringify([...held.values()]).slice(0, 3000)}`);
      }
      if (first.value.type === 'DELETED') held.delete(first.value.object.metadata.uid);
      else if (first.value.type !== 'BOOKMARK') held.set(first.value.object.metadata.uid, first.value.object);
      if (done([...held.values()])) { void events.return(undefined); return [...held.values()]; }
      next = events.next();
    }
  }

  close(): void { this.agent.destroy(); }
}
