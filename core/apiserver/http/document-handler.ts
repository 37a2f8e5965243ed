import { aggregated, aggregatedContentType, wantsAggregated } from '../discovery/aggregated.js';
import { coreVersions, groupDocument, groupList, resourceList } from '../discovery/legacy.js';
import { methodNotAllowed } from '../refusals.js';
import type { ApiContext } from './api-context.js';
import { plainText, value, type Answer, type Exchange } from './exchange.js';
import { parseAccept } from './negotiate.js';
import { noSuchResource } from './resource-target.js';
import type { Route } from './route.js';

type DocumentRoute = Exclude<Route, { kind: 'resource' }>;

/** Everything that is not an object: discovery, OpenAPI, version, health. Throws StatusError. */
export async function handleDocument(context: ApiContext, exchange: Exchange, route: DocumentRoute): Promise<Answer> {
  if (exchange.method !== 'GET' && exchange.method !== 'HEAD') throw methodNotAllowed();
  const kinds = context.verbs.kinds.all();
  switch (route.kind) {
    case 'core-versions': return aggregatedOr(context, exchange, true, () => coreVersions(kinds));
    case 'groups': return aggregatedOr(context, exchange, false, () => groupList(kinds));
    case 'group': return found(groupDocument(kinds, route.group));
    case 'resources': return found(resourceList(kinds, route.group, route.version));
    case 'version': return value(context.version);
    case 'health': return health(context, exchange, route.check);
    case 'index': return value({ paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v2', '/openapi/v3', '/readyz', '/version'] });
    // 1.27 and 1.28 insist on an answer in protobuf and are content with an empty one. Note the dot where the request has an @.
    case 'openapi-v2': return { kind: 'bytes', code: 200, body: '', contentType: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf' };
    case 'openapi-v3': return value(await context.openApi.index());
    case 'openapi-v3-document': return openApiDocument(context, exchange, route.path);
    case 'unknown': return plainText(404, '404 page not found\n');
  }
}

function found(document: object | undefined): Answer {
  if (document === undefined) throw noSuchResource();
  return value(document);
}

function aggregatedOr(context: ApiContext, { request }: Exchange, core: boolean, legacy: () => object): Answer {
  const version = wantsAggregated(parseAccept(request.headers.accept ?? ''));
  const headers = { Vary: 'Accept' };
  if (version === undefined) return { kind: 'value', code: 200, value: legacy(), headers };
  return { kind: 'value', code: 200, value: aggregated(context.verbs.kinds.all(), core, version), contentType: aggregatedContentType(version), headers };
}

async function openApiDocument(context: ApiContext, { request, query }: Exchange, path: string): Promise<Answer> {
  const document = await context.openApi.document(path);
  if (document === undefined) throw noSuchResource();
  const etag = `"${document.hash}"`;
  const hash = query.get('hash');
  // The document of a hash never changes. k8s: kube-openapi handler3
  const headers: Readonly<Record<string, string>> = hash === document.hash
    ? { Etag: etag, Vary: 'Accept-Encoding, Accept', 'Cache-Control': 'public, immutable', Expires: new Date(context.verbs.clock.now() + 365 * 86_400_000).toUTCString() }
    : { Etag: etag, Vary: 'Accept-Encoding, Accept' };
  if (request.headers['if-none-match'] === etag) return { kind: 'bytes', code: 304, body: '', contentType: 'application/json', headers };
  return { kind: 'bytes', code: 200, body: document.body, contentType: 'application/json', headers };
}

function health({ notReady }: ApiContext, { query }: Exchange, check: 'healthz' | 'livez' | 'readyz'): Answer {
  const failing = check === 'livez' ? [] : notReady();
  const verbose = query.has('verbose') || failing.length > 0;
  const lines = ['[+]ping ok', ...failing.map((name) => `[-]${name} failed: not ready yet`)];
  if (failing.length > 0) return plainText(500, `${lines.join('\n')}\n${check} check failed\n`);
  return plainText(200, verbose ? `${lines.join('\n')}\n${check} check passed\n` : 'ok');
}
