import { connect } from 'node:tls';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtInKinds } from '../../core/api/registry.js';
import { configMaps } from '../../core/api/resources.js';
import { mostBehind } from '../../core/apiserver/watching/watch-stream.js';
import { startApi, type RunningApi } from './api-server.js';
import { Https, watchEvents } from './https.js';

let api: RunningApi;
let https: Https;
let namespace = '';
let round = 0;
beforeAll(async () => {
  api = await startApi(builtInKinds);
  https = new Https(api);
});
afterAll(async () => {
  https.close();
  await api.stop();
});
beforeEach(async () => {
  round += 1;
  namespace = `watch-${String(round)}`;
  await https.call('/api/v1/namespaces', { method: 'POST', body: JSON.stringify({ metadata: { name: namespace } }) });
});

const path = (query: string): string => `/api/v1/namespaces/${namespace}/configmaps?${query}`;
const create = (name: string, labels: Record<string, string> = {}, data: Record<string, string> = {}) => api.server.client.create(configMaps, { metadata: { name, namespace, labels }, data });
const open = (query: string, headers: Record<string, string> = {}): Promise<IncomingMessage> =>
  https.open(path(`watch=true&${query}`), { headers: { authorization: `Bearer ${api.token}`, ...headers } });
const revision = (): string => String(api.store.revision());

/** The next `count` events as `TYPE name`. */
async function next(events: ReturnType<typeof watchEvents>, count: number): Promise<readonly string[]> {
  const seen: string[] = [];
  while (seen.length < count) {
    const { value, done } = await events.next();
    if (done === true) return [...seen, 'END'];
    seen.push(`${value.type} ${String(value.object.metadata?.['name'] ?? '')}`.trim());
  }
  return seen;
}

describe('a watch', () => {
  it('begins with what is there, and goes on', async () => {
    await create('a');
    const response = await open('');
    const events = watchEvents(response);
    expect(await next(events, 1)).toEqual(['ADDED a']);
    const created = await create('b');
    await api.server.client.update(configMaps, { ...created, data: { k: 'v' } });
    await api.server.client.delete(configMaps, { namespace, name: 'b' });
    expect(await next(events, 3)).toEqual(['ADDED b', 'MODIFIED b', 'DELETED b']);
    response.destroy();
  });

  it('begins after a revision, and deletes carry theirs', async () => {
    await create('a');
    const since = revision();
    await create('b');
    await api.server.client.delete(configMaps, { namespace, name: 'b' });
    const response = await open(`resourceVersion=${since}`);
    const events = watchEvents(response);
    expect(await next(events, 1)).toEqual(['ADDED b']);
    const gone = await events.next();
    expect([gone.value?.type, gone.value?.object.metadata['resourceVersion']]).toEqual(['DELETED', revision()]);
    response.destroy();
  });

  it('follows objects into and out of a selector', async () => {
    const response = await open('labelSelector=in%3Dyes');
    const events = watchEvents(response);
    const outside = await create('x', { in: 'no' });
    const inside = await api.server.client.update(configMaps, { ...outside, metadata: { ...outside.metadata, labels: { in: 'yes' } } });
    await api.server.client.update(configMaps, { ...inside, metadata: { ...inside.metadata, labels: {} } });
    expect(await next(events, 2)).toEqual(['ADDED x', 'DELETED x']);
    response.destroy();
  });

  it('lists by watching: initial events, then a bookmark that says so', async () => {
    await create('a');
    const response = await open('sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true');
    const events = watchEvents(response);
    expect(await next(events, 1)).toEqual(['ADDED a']);
    const mark = await events.next();
    expect(mark.value).toEqual({ type: 'BOOKMARK', object: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { resourceVersion: revision(), annotations: { 'k8s.io/initial-events-end': 'true' } } } });
    await create('b');
    expect(await next(events, 1)).toEqual(['ADDED b']);
    response.destroy();
  });

  it('speaks in tables when asked, with columns once', async () => {
    await create('a');
    const response = await open('', { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' });
    expect(response.headers['content-type']).toBe('application/json;as=Table;g=meta.k8s.io;v=v1');
    const events = watchEvents(response);
    await create('b');
    const [first, second] = [(await events.next()).value, (await events.next()).value];
    expect(first).toMatchObject({ type: 'ADDED', object: { kind: 'Table', columnDefinitions: [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }], rows: [{ cells: ['a', '0', expect.anything()], object: { kind: 'PartialObjectMetadata' } }] } });
    expect(second).toMatchObject({ object: { columnDefinitions: null, rows: [{ cells: ['b', '0', expect.anything()] }] } });
    response.destroy();
  });

  it('ends when its time is over', async () => {
    const response = await open('timeoutSeconds=1');
    expect(await next(watchEvents(response), 1)).toEqual(['END']);
  });

  it('of a revision that is forgotten gets a 410', async () => {
    const since = revision();
    for (let index = 0; index < 50; index += 1) await Promise.all(Array.from({ length: 100 }, (_, each) => create(`c${String(index)}-${String(each)}`)));
    const response = await open(`resourceVersion=${since}`);
    const { value } = await watchEvents(response).next();
    expect(value).toMatchObject({ type: 'ERROR', object: { kind: 'Status', reason: 'Expired', code: 410, message: expect.stringMatching(/^too old resource version/) as string } });
    const first = await https.call(path('limit=1'));
    const token = (first.body?.['metadata'] as { continue?: string }).continue ?? '';
    await Promise.all(Array.from({ length: 4200 }, (_, each) => create(`d${String(each)}`)));
    expect(await https.call(path(`limit=1&continue=${token}`))).toMatchObject({ code: 410, body: { reason: 'Expired' } });
  });

  it('pages show one revision while the world goes on', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => create(name)));
    const first = await https.call(path('limit=2'));
    await api.server.client.delete(configMaps, { namespace, name: 'c' });
    await create('bb');
    const { continue: token, resourceVersion, remainingItemCount } = first.body?.['metadata'] as Record<string, string>;
    expect(remainingItemCount).toBe(2);
    const second = await https.call(path(`limit=2&continue=${token ?? ''}`));
    expect(second.body).toMatchObject({ metadata: { resourceVersion }, items: [{ metadata: { name: 'c' } }, { metadata: { name: 'd' } }] });
    expect((second.body?.['metadata'] as Record<string, string>)['continue']).toBeUndefined();
    const exact = await https.call(path(`resourceVersion=${resourceVersion ?? ''}&resourceVersionMatch=Exact`));
    expect((exact.body?.['items'] as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c', 'd']);
  });
});

it('a long list comes whole, in order and with its revision', async () => {
  await Promise.all(Array.from({ length: 777 }, (_, index) => create(`l${String(index)}`)));
  const { body } = await https.call(path(''));
  const names = (body?.['items'] as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
  expect(body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1', metadata: { resourceVersion: revision() } });
  expect(names).toEqual(Array.from({ length: 777 }, (_, index) => `l${String(index)}`).sort());
});

describe('a watcher that does not read', () => {
  it('is cut, and nobody else notices', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect({ host: hostname, port: Number(port), ca: api.ca });
    await new Promise((resolve) => { socket.once('secureConnect', resolve); });
    socket.write(`GET ${path(`watch=true&resourceVersion=${revision()}`)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.token}\r\n\r\n`);
    await new Promise((resolve) => { socket.once('readable', resolve); });
    socket.pause();
    const closed = new Promise<void>((resolve) => { socket.once('close', () => { resolve(); }); });
    const good = await open(`resourceVersion=${revision()}`);
    const events = watchEvents(good);
    const size = 500_000;
    const count = Math.ceil((mostBehind * 3) / size);
    for (let index = 0; index < count; index += 1) {
      await create(`big${String(index)}`, {}, { data: 'x'.repeat(size) });
      expect(await next(events, 1)).toEqual([`ADDED big${String(index)}`]);
    }
    socket.on('error', () => undefined).resume();
    await closed;
    good.destroy();
  });

  it('gets a long past only as fast as it reads', async () => {
    for (let index = 0; index < 40; index += 1) await create(`old${String(index)}`, {}, { data: 'x'.repeat(500_000) });
    const response = await open('');
    response.pause();
    const events = watchEvents(response);
    const names = await next(events, 40);
    expect(new Set(names).size).toBe(40);
    response.destroy();
  });
});

describe('stopping', () => {
  it('ends watches politely and takes no new connections', async () => {
    const other = await startApi(builtInKinds);
    const client = new Https(other);
    const response = await client.open('/api/v1/configmaps?watch=true&resourceVersion=1', { headers: { authorization: `Bearer ${other.token}` } });
    const ended = next(watchEvents(response), 1);
    await other.stop();
    expect(await ended).toEqual(['END']);
    await expect(client.call('/readyz')).rejects.toThrow();
    client.close();
  });
});
