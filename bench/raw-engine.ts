/** The yardstick: the engine's own API, doing what a pod needs, with nothing in between. */
import { request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { waitingScript, type Workload } from './pods.js';

const socketOf = (runtime: string): string =>
  runtime === 'podman' ? (process.env['PODMAN_SOCK'] ?? '/run/podman/podman.sock') : (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');

function engine(runtime: string, method: string, path: string, body?: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
    const call = request({ socketPath: socketOf(runtime), method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if ((response.statusCode ?? 500) >= 400) { reject(new Error(`${method} ${path}: ${text}`)); return; }
        resolve(text === '' ? '' : ((JSON.parse(text) as { Id?: string }).Id ?? ''));
      });
    });
    call.on('error', reject);
    call.end(payload);
  });
}

const containerBody = (image: string, host: unknown): unknown => ({ Image: image, Entrypoint: ['/bin/sh', '-c', waitingScript], HostConfig: host });

async function startOne({ runtime, image }: Workload, name: string, host: unknown): Promise<string> {
  const id = await engine(runtime, 'POST', `/containers/create?name=${name}`, containerBody(image, host));
  await engine(runtime, 'POST', `/containers/${id}/start`);
  return id;
}

export const removeRaw = async ({ runtime }: Workload, ids: readonly string[]): Promise<void> => {
  for (const id of ids) await engine(runtime, 'DELETE', `/containers/${id}?force=true`);
};

/** A pod by hand: a holder of the network, and one container that joins it. Answers ids, the last first to remove. */
export async function startRawPod(load: Workload, name: string): Promise<readonly string[]> {
  const holder = await startOne(load, `raw-holder-${name}`, { IpcMode: 'shareable' });
  const main = await startOne(load, `raw-main-${name}`, { NetworkMode: `container:${holder}` });
  return [main, holder];
}

export async function startRawContainer(load: Workload, name: string): Promise<readonly string[]> {
  return [await startOne(load, `raw-${name}`, {})];
}

async function timeBatch(start: (name: string) => Promise<readonly string[]>, count: number, width: number): Promise<{ readonly took: number; readonly ids: readonly string[] }> {
  const ids: string[] = [];
  const before = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => { while (next < count) ids.push(...(await start(`batch-${String(next++)}`))); };
  await Promise.all(Array.from({ length: width }, lane));
  return { took: performance.now() - before, ids };
}

/** ms for `count` single containers, and for as many holder + container pairs, `width` at a time. */
export async function rawBatch(load: Workload, count: number, width: number): Promise<{ readonly single: number; readonly pods: number }> {
  const single = await timeBatch((name) => startRawContainer(load, name), count, width);
  await removeRaw(load, single.ids);
  const pods = await timeBatch((name) => startRawPod(load, name), count, width);
  await removeRaw(load, pods.ids);
  return { single: single.took, pods: pods.took };
}
