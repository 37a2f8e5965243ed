import { Agent, request, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RunningApi } from './api-server.js';

export interface Reply {
  readonly code: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, undefined when it is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

export interface Call {
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** null sends none. */
  readonly token?: string | null;
}

/** HTTPS to one server, as little as a test needs. */
export class Https {
  readonly agent: Agent;

  constructor(readonly api: Pick<RunningApi, 'ca' | 'url' | 'token'>) {
    this.agent = new Agent({ ca: api.ca, keepAlive: true, maxSockets: 4 });
  }

  async call(path: string, { method = 'GET', body, headers = {}, token = this.api.token }: Call = {}): Promise<Reply> {
    const response = await this.open(path, { method, headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } }, body);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    return { code: response.statusCode ?? 0, headers: response.headers, text, body: parse(text) };
  }

  /** The response as soon as its headers are there. */
  open(path: string, options: RequestOptions = {}, body?: string | Buffer): Promise<IncomingMessage> {
    const { hostname, port } = new URL(this.api.url);
    return new Promise((resolve, reject) => {
      // `path` goes out as it is: tests of path tricks need that.
      const call = request({ hostname, port, path, agent: this.agent, ...options }, resolve);
      call.on('error', reject);
      call.end(body);
    });
  }

  close(): void { this.agent.destroy(); }
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** The events of a watch, one by one. */
export async function* watchEvents(response: IncomingMessage): AsyncGenerator<{ readonly type: string; readonly object: Record<string, unknown> & { readonly metadata: Record<string, unknown> } }> {
  let rest = '';
  for await (const chunk of response) {
    const lines = (rest + (chunk as Buffer).toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as never;
  }
}
