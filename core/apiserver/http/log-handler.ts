import type { Pod } from '../../api/types.js';
import { get } from '../verbs/get.js';
import { decideLog, type LogParameters } from '../verbs/log.js';
import type { ApiContext } from './api-context.js';
import { plainText, type Answer, type Exchange } from './exchange.js';
import { flag, wholeNumber } from './query.js';
import { drained, setCommonHeaders } from './reply.js';
import { targetOf, type ResourceTarget } from './resource-target.js';

/** GET pods/x/log: text as the node sends it, until it ends or the client has had enough. Throws StatusError before the first byte. */
export async function handleLog(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const pod = get(context.verbs, targetOf(target)) as Pod;
  const options = decideLog(pod, logParameters(exchange.query), context.verbs.clock.now());
  if (options === undefined) return plainText(200, '');
  const { response } = exchange;
  const abort = new AbortController();
  response.on('close', () => { abort.abort(); });
  const chunks = await context.podLogs.open(pod, options, abort.signal);
  setCommonHeaders(response, exchange.warnings);
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.flushHeaders();
  const stream = { end: (): void => { abort.abort(); response.end(); } };
  context.streams.add(stream);
  try {
    await pipe(chunks, exchange, options.limitBytes);
    response.end();
  } catch (error) {
    // A cut log must not look like one that ended: the connection breaks off.
    if (!abort.signal.aborted) context.log.debug('a log was cut', { pod: pod.metadata.name, namespace: pod.metadata.namespace, error });
    response.destroy();
  } finally {
    context.streams.delete(stream);
    abort.abort();
  }
  return { kind: 'taken' };
}

async function pipe(chunks: AsyncIterable<Buffer>, { response }: Exchange, limitBytes = Number.POSITIVE_INFINITY): Promise<void> {
  let left = limitBytes;
  for await (const chunk of chunks) {
    if (response.destroyed || response.writableEnded) return;
    const part = chunk.length > left ? chunk.subarray(0, left) : chunk;
    left -= part.length;
    if (!response.write(part)) await drained(response);
    if (left <= 0) return;
  }
}

function logParameters(query: URLSearchParams): LogParameters {
  const text = (name: string): string | undefined => query.get(name) ?? undefined;
  const [container, sinceTime, stream] = [text('container'), text('sinceTime'), text('stream')];
  const [tailLines, sinceSeconds, limitBytes] = ['tailLines', 'sinceSeconds', 'limitBytes'].map((name) => wholeNumber(query, name));
  return {
    follow: flag(query, 'follow'), previous: flag(query, 'previous'), timestamps: flag(query, 'timestamps'),
    ...(container === undefined ? {} : { container }), ...(sinceTime === undefined ? {} : { sinceTime }), ...(stream === undefined ? {} : { stream }),
    ...(tailLines === undefined ? {} : { tailLines }), ...(sinceSeconds === undefined ? {} : { sinceSeconds }), ...(limitBytes === undefined ? {} : { limitBytes }),
  };
}
