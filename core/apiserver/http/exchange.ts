import type { IncomingMessage, ServerResponse } from 'node:http';
import type { User } from '../auth/user.js';
import type { Parsed } from '../codecs/codec.js';
import { codecFor } from '../codecs/choose.js';
import { readBody } from './body.js';

/** One request on its way. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly user: User;
  /** Texts for `Warning:` headers, in order. */
  readonly warnings: string[];
}

/** What a handler answers with. `taken`: it wrote the response itself. */
export type Answer =
  | { readonly kind: 'value'; readonly code: number; readonly value: object; readonly encoding?: 'json' | 'yaml'; readonly contentType?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'bytes'; readonly code: number; readonly body: Buffer | string; readonly contentType: string; readonly headers?: Readonly<Record<string, string>> }
  /** JSON text in pieces, written as fast as the client reads. */
  | { readonly kind: 'pieces'; readonly pieces: Iterable<string> }
  | { readonly kind: 'taken' };

export const value = (object: object, code = 200): Answer => ({ kind: 'value', code, value: object });
export const plainText = (code: number, body: string): Answer => ({ kind: 'bytes', code, body, contentType: 'text/plain; charset=utf-8' });

/** The body as a value. Throws BadRequest, RequestEntityTooLarge, UnsupportedMediaType. */
export async function parseBody({ request }: Pick<Exchange, 'request'>): Promise<Parsed> {
  const codec = codecFor(request.headers['content-type']);
  return codec.decode(await readBody(request));
}

/** Undefined when there is no body. */
export async function parseOptionalBody(exchange: Pick<Exchange, 'request'>): Promise<Parsed | undefined> {
  const { headers } = exchange.request;
  if ((headers['content-length'] ?? '0') === '0' && headers['transfer-encoding'] === undefined) return undefined;
  const bytes = await readBody(exchange.request);
  return bytes.length === 0 ? undefined : codecFor(headers['content-type']).decode(bytes);
}
