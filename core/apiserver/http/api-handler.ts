import type { IncomingMessage, ServerResponse } from 'node:http';
import { isStatusError } from '../../api/status-error.js';
import { authenticate, type Credentials } from '../auth/authenticate.js';
import { authorize } from '../auth/authorize.js';
import { anonymous } from '../auth/user.js';
import type { ApiContext } from './api-context.js';
import { handleDocument } from './document-handler.js';
import type { Answer, Exchange } from './exchange.js';
import { reply } from './reply.js';
import { handleResource, verbOf } from './resource-handler.js';
import { resolveTarget } from './resource-target.js';
import { parseRoute } from './route.js';
import { failure, internalError } from './status-body.js';
import { handleSubresource } from './subresource-handler.js';

/** Answers one request, whatever it is. Never rejects. */
export async function handleRequest(context: ApiContext, request: IncomingMessage, response: ServerResponse, credentials: Credentials): Promise<void> {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const blank: Exchange = { request, response, method: request.method ?? 'GET', path, query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)), user: anonymous, warnings: [] };
  try {
    const exchange = { ...blank, user: authenticate(credentials, context.tokens, context.crypto) };
    await reply(exchange, await answer(context, exchange));
  } catch (error) {
    await reply(blank, refusal(context, blank, error));
  }
  discardRest(request);
}

async function answer(context: ApiContext, exchange: Exchange): Promise<Answer> {
  const { method, path, query, user } = exchange;
  const route = parseRoute(path);
  const verb = route.kind === 'resource' ? verbOf(method, route.name !== undefined, query) : method.toLowerCase();
  authorize({ user, verb, route, path });
  if (route.kind !== 'resource') return handleDocument(context, exchange, route);
  const target = resolveTarget(context.verbs.kinds, route);
  return target.subresource === undefined ? handleResource(context, exchange, target) : handleSubresource(context, exchange, target);
}

function refusal({ log }: ApiContext, { method, path }: Exchange, error: unknown): Answer {
  if (!isStatusError(error)) {
    log.error('a request failed', { method, path, error });
    return { kind: 'value', code: 500, value: internalError() };
  }
  const retry = error.details.retryAfterSeconds;
  return { kind: 'value', code: error.code, value: failure(error), ...(retry === undefined ? {} : { headers: { 'Retry-After': String(retry) } }) };
}

/** What is thrown away of a body nobody wanted, so that the client gets to read the answer. */
const mostDiscarded = 64 * 1024 * 1024;

function discardRest(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostDiscarded) request.destroy();
  });
  request.on('error', () => undefined);
  request.resume();
}
