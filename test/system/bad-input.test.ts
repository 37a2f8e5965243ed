import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInKinds } from '../../core/api/registry.js';
import { startApi, type RunningApi } from './api-server.js';
import { Https, type Call } from './https.js';

let api: RunningApi;
let https: Https;
beforeAll(async () => {
  api = await startApi(builtInKinds);
  https = new Https(api);
});
afterAll(async () => {
  https.close();
  await api.stop();
});

const configMaps = '/api/v1/namespaces/default/configmaps';
const named = (extra: object = {}): string => JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, ...extra });

/** Answers in Status, is not blamed on the server, and goes on working. */
async function refused(path: string, call: Call, code: number, message: RegExp): Promise<void> {
  const reply = await https.call(path, call);
  expect([reply.code, reply.text]).toEqual([code, expect.stringMatching(message)]);
  expect(reply.body).toMatchObject({ kind: 'Status', status: 'Failure', code });
  expect(api.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  expect((await https.call('/readyz')).text).toBe('ok');
}

describe('bodies', () => {
  it.each<[string, string | Buffer, Record<string, string>, number, RegExp]>([
    ['not YAML', 'a: b: c: [', { 'content-type': 'application/yaml' }, 400, /yaml/],
    ['not JSON', '{"a":', {}, 400, /json parse error/],
    ['nothing', '', {}, 400, /json parse error/],
    ['null', 'null', {}, 400, /cannot unmarshal/],
    ['a list', '[]', {}, 400, /cannot unmarshal array/],
    ['another kind', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'c' } }), {}, 400, /cannot be handled as a ConfigMap/],
    ['another version', JSON.stringify({ apiVersion: 'apps/v1', kind: 'ConfigMap' }), {}, 400, /does not match the expected API version \(v1\)/],
    ['another namespace', named({ metadata: { name: 'c', namespace: 'kube-system' } }), {}, 400, /does not match the namespace sent on the request/],
    ['no name', JSON.stringify({ metadata: {} }), {}, 422, /name or generateName is required/],
    ['metadata of another type', JSON.stringify({ metadata: 'x' }), {}, 400, /metadata/],
    ['labels of another type', JSON.stringify({ metadata: { name: 'c', labels: [1] } }), {}, 400, /labels/],
    ['data of another type', named({ data: { a: 1 } }), {}, 400, /data/],
    ['deep nesting', `{"metadata":{"name":"c"},"data":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, {}, 400, /max depth/],
    ['invalid UTF-8', Buffer.concat([Buffer.from('{"metadata":{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}}')]), {}, 400, /UTF-8/],
    ['protobuf', 'k8s\0', { 'content-type': 'application/vnd.kubernetes.protobuf' }, 415, /create -f/],
    ['an unknown format', 'x', { 'content-type': 'text/plain' }, 415, /accepted media types/],
    ['a resourceVersion', named({ metadata: { name: 'c', resourceVersion: '5' } }), {}, 400, /resourceVersion should not be set/],
  ])('%s', async (_what, body, headers, code, message) => { await refused(configMaps, { method: 'POST', body, headers }, code, message); });

  it('huge numbers', async () => {
    const deployment = (replicas: string): string => `{"metadata":{"name":"d"},"spec":{"replicas":${replicas},"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}`;
    for (const number of ['1e400', '99999999999999999999', '-1e400', '1.5', '2147483648']) await refused('/apis/apps/v1/namespaces/default/deployments', { method: 'POST', body: deployment(number) }, 400, /replicas/);
    await refused('/apis/apps/v1/namespaces/default/deployments', { method: 'POST', body: deployment('-1') }, 422, /spec\.replicas: Invalid value: -1: must be greater than or equal to 0/);
  });

  it('unknown and duplicate fields, as strictly as asked', async () => {
    const body = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"strict","name":"strict"},"datta":{}}';
    await refused(`${configMaps}?fieldValidation=Strict`, { method: 'POST', body }, 400, /strict decoding error: .*duplicate field \\"metadata.name\\".*unknown field \\"datta\\"/);
    await refused(`${configMaps}?fieldValidation=Perhaps`, { method: 'POST', body }, 422, /fieldValidation: Unsupported value/);
    const warned = await https.call(`${configMaps}?fieldValidation=Warn`, { method: 'POST', body });
    expect([warned.code, warned.headers['warning']]).toEqual([201, expect.stringContaining(String.raw`299 - "unknown field \"datta\""`)]);
    expect(warned.text).not.toContain('datta');
    const ignored = await https.call(`${configMaps}?fieldValidation=Ignore&dryRun=All`, { method: 'POST', body: body.replaceAll('"strict"', '"other"') });
    expect([ignored.code, ignored.headers['warning']]).toEqual([201, undefined]);
  });

  it('keeps __proto__ and constructor as keys of data', async () => {
    const reply = await https.call(configMaps, { method: 'POST', body: '{"metadata":{"name":"proto"},"data":{"__proto__":"x","constructor":"y"}}' });
    expect(reply.code).toBe(201);
    expect(Object.entries(reply.body?.['data'] as object)).toEqual([['__proto__', 'x'], ['constructor', 'y']]);
  });

  it('20 MB: 413, the connection lives on, nothing piles up', async () => {
    const big = Buffer.from(named({ data: { a: 'x'.repeat(20_000_000) } }));
    await refused(configMaps, { method: 'POST', body: big }, 413, /Request entity too large: limit is 3145728/);
    const before = process.memoryUsage().arrayBuffers;
    for (let round = 0; round < 5; round += 1) await refused(configMaps, { method: 'POST', body: big, headers: { 'transfer-encoding': 'chunked' } }, 413, /too large/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
  });

  it('a client that goes away in the middle', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect({ host: hostname, port: Number(port), ca: api.ca });
    socket.write(`POST ${configMaps} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"a"`);
    await new Promise((resolve) => { socket.once('secureConnect', resolve); });
    await new Promise<void>((resolve) => { socket.end(() => { socket.destroy(); resolve(); }); });
    expect((await https.call('/readyz')).text).toBe('ok');
  });
});

describe('paths', () => {
  it.each([
    '/api/v1/namespaces/../../etc/passwd', '/api/v1/namespaces/default/configmaps/..%2f..', '/api/v1/namespaces/default/configmaps/%00', '//', '/api//v1', '/%', `/${'a'.repeat(9000)}`, '/apis/nope/v1', '/apis/apps/v9/deployments',
    '/api/v1/nope', '/api/v1/pods/x', '/api/v1/namespaces/default/nodes', '/api/v1/namespaces/default/pods/x/exec', '/api/v1/namespaces/default/pods/x/constructor', '/openapi/v3/nope', '/openapi/v3/__proto__', '/constructor',
  ])('%.60s is not found', async (path) => {
    const reply = await https.call(path);
    expect(reply.code).toBe(404);
    expect((await https.call('/readyz')).text).toBe('ok');
  });

  it('a header of 100 kB is refused by the listener', async () => {
    await expect(https.call('/api', { headers: { 'x-large': 'x'.repeat(100_000) } }).then(({ code }) => { if (code >= 400 && code < 500) throw new Error('refused'); })).rejects.toThrow();
    expect((await https.call('/readyz')).text).toBe('ok');
  });

  it.each(['PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS', 'TRACE'])('%s where it makes no sense', async (method) => {
    expect((await https.call('/api', { method })).code).toBe(405);
  });
});

describe('parameters', () => {
  it.each<[string, number, RegExp]>([
    [`${configMaps}?labelSelector=a%3Db%20c`, 400, /unable to parse requirement/],
    [`${configMaps}?labelSelector=%00`, 400, /unable to parse requirement/],
    [`${configMaps}?fieldSelector=spec.color%3Dred`, 400, /field label not supported: spec.color/],
    [`${configMaps}?fieldSelector=nonsense`, 400, /invalid selector/],
    [`${configMaps}?limit=x`, 400, /limit/],
    [`${configMaps}?limit=99999999999999999999`, 400, /limit/],
    [`${configMaps}?continue=x`, 400, /continue key is not valid/],
    [`${configMaps}?continue=${Buffer.from('{"v":"meta.k8s.io/v1","rv":999999999,"start":"a/b\\u0000"}').toString('base64url')}`, 410, /too old/],
    [`${configMaps}?resourceVersion=x`, 400, /resourceVersion/],
    [`${configMaps}?resourceVersion=999999999`, 504, /Too large resource version/],
    [`${configMaps}?resourceVersionMatch=Exact`, 422, /resourceVersionMatch is forbidden unless resourceVersion is provided/],
    [`${configMaps}?watch=true&timeoutSeconds=x`, 400, /timeoutSeconds/],
    [`${configMaps}?watch=true&resourceVersion=x`, 400, /resourceVersion/],
    [`${configMaps}?watch=true&sendInitialEvents=true`, 422, /sendInitialEvents requires setting resourceVersionMatch/],
    [`${configMaps}?includeObject=Everything`, 400, /includeObject/],
    ['/api/v1/namespaces/default/pods/none/log', 404, /pods \\"none\\" not found/],
  ])('%s', async (path, code, message) => { await refused(path, {}, code, message); });

  it('says no to a dryRun it does not know, and to a patch it cannot read', async () => {
    await refused(`${configMaps}?dryRun=Some`, { method: 'POST', body: named() }, 422, /dryRun: Unsupported value/);
    await https.call(configMaps, { method: 'POST', body: named({ metadata: { name: 'patched' } }) });
    const patch = (type: string, body: string, code: number, message: RegExp): Promise<void> => refused(`${configMaps}/patched`, { method: 'PATCH', body, headers: { 'content-type': type } }, code, message);
    await patch('application/apply-patch+yaml', '{}', 415, /server-side apply is not supported yet/);
    await patch('application/json', '{}', 415, /accepted media types/);
    await patch('application/merge-patch+json', '[]', 400, /./);
    await patch('application/json-patch+json', '{}', 400, /./);
    await patch('application/json-patch+json', '[{"op":"replace","path":"/data/none/deeper","value":1}]', 422, /./);
    await patch('application/json-patch+json', '[{"op":"add","path":"/__proto__/polluted","value":1}]', 400, /./);
    await patch('application/strategic-merge-patch+json', '"x"', 400, /./);
    await patch('application/merge-patch+json', '{"metadata":{"name":"other"}}', 400, /does not match the name on the URL/);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('who asks', () => {
  it('401 without or with wrong credentials, 403 for others than masters, health for all', async () => {
    await refused(configMaps, { token: null }, 401, /Unauthorized/);
    await refused(configMaps, { token: 'wrong' }, 401, /Unauthorized/);
    await refused('/readyz', { token: 'wrong' }, 401, /Unauthorized/);
    await refused(configMaps, { token: 'of-nobody' }, 403, /configmaps is forbidden: User \\"nobody\\" cannot list resource \\"configmaps\\" in API group \\"\\" in the namespace \\"default\\"/);
    expect((await https.call('/readyz', { token: null })).text).toBe('ok');
  });
});

describe('clients that dawdle', () => {
  it('half a request line, half a handshake and half a header hold up nobody', async () => {
    const { hostname, port } = new URL(api.url);
    const tls = (text: string): Promise<ReturnType<typeof connect>> => new Promise((resolve) => {
      const socket = connect({ host: hostname, port: Number(port), ca: api.ca }, () => { socket.write(text); resolve(socket); });
      socket.on('error', () => undefined);
    });
    const sockets = await Promise.all(Array.from({ length: 50 }, (_, index) => tls(index % 2 === 0 ? 'GET /api HT' : `POST ${configMaps} HTTP/1.1\r\nHost: x\r\nX-Slow: `)));
    expect((await https.call('/readyz')).text).toBe('ok');
    for (const socket of sockets) socket.destroy();
  });

  it('what is not HTTP gets a 400 and the door', async () => {
    const { hostname, port } = new URL(api.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect({ host: hostname, port: Number(port), ca: api.ca }, () => { socket.write('\x16\x03 nonsense\r\n\r\n'); });
      socket.on('data', (chunk: Buffer) => { text += chunk.toString(); }).on('error', () => undefined).on('close', () => { resolve(text); });
    });
    expect(answer).toContain('400 Bad Request');
  });
});
