import { isStatusError } from '../../api/status-error.js';
import { select } from '../selectors/selection.js';
import { planWatch } from '../verbs/watch.js';
import { WatchStream } from '../watching/watch-stream.js';
import type { ApiContext } from './api-context.js';
import type { Answer, Exchange } from './exchange.js';
import { contentTypeOf, negotiate } from './negotiate.js';
import { includeObjectOf } from './present.js';
import { flag, selectorTexts, wholeNumber } from './query.js';
import { setCommonHeaders } from './reply.js';
import type { ResourceTarget } from './resource-target.js';

/** k8s: --min-request-timeout: watches without a timeout last 30 to 60 minutes, each another time. */
const shortestMs = 30 * 60_000;
/** Nobody watches longer than this without coming back. */
const longestSeconds = 24 * 3600;

/** GET …?watch=true: one line an event until somebody ends it. */
export function handleWatch(context: ApiContext, exchange: Exchange, { kind, namespace, name }: ResourceTarget): Answer {
  const { query, response, request } = exchange;
  const { store, clock, random } = context.verbs;
  const texts = selectorTexts(query);
  const fields = name === undefined ? texts.fieldSelector : [texts.fieldSelector, `metadata.name=${name}`].filter(Boolean).join(',');
  const selection = select(kind, namespace, { ...texts, ...(fields === undefined ? {} : { fieldSelector: fields }) });
  const format = negotiate(request.headers.accept);
  const bookmarks = flag(query, 'allowWatchBookmarks');
  const includeObject = includeObjectOf(query);
  const seconds = wholeNumber(query, 'timeoutSeconds');
  const plan = planWatch({
    resourceVersion: query.get('resourceVersion') ?? '',
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
    allowWatchBookmarks: bookmarks,
    ...(query.has('sendInitialEvents') ? { sendInitialEvents: flag(query, 'sendInitialEvents') } : {}),
  }, store.revision());
  const timeoutMs = seconds === undefined || seconds <= 0 ? shortestMs * (1 + random.next()) : Math.min(seconds, longestSeconds) * 1000;
  const stream = new WatchStream(response, { store, clock, encoder: context.encoder }, { plan, selection, bookmarks, timeoutMs, style: { kind, format: { ...format, encoding: 'json' }, includeObject } });
  context.streams.add(stream);
  stream.onEnd(() => { context.streams.delete(stream); });
  setCommonHeaders(response, exchange.warnings);
  response.writeHead(200, { 'Content-Type': contentTypeOf(format, true) });
  response.flushHeaders();
  stream.run().catch((error: unknown) => {
    if (!isStatusError(error)) context.log.error('a watch failed', { resource: kind.resource.key, error });
    response.destroy();
  });
  return { kind: 'taken' };
}
