/**
 * API create of a pod → its container running, as a watcher sees it; beside the raw engine doing the same containers, alternating.
 * `node scripts/run.mjs bench/pod-start.ts docker|podman|process [runs]`; KEDGE_BENCH_IMAGE names an image the engine has.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Cluster } from '../test/system/cluster.js';
import type { ApiConnection } from '../test/system/api-connection.js';
import type { Pod } from '../core/api/types.js';
import { machine, percentile } from './measure.js';
import { isRunning, podSpec, podsPath, waitingScript as script, workload } from './pods.js';
import { removeRaw, startRawContainer, startRawPod } from './raw-engine.js';

const [runtime = 'process', runsText = '20'] = process.argv.slice(2);
const runs = Number(runsText);
const load = workload(runtime);
const podBody = (name: string): unknown => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: podSpec(load) });

async function kedgeRun(api: ApiConnection, name: string): Promise<number> {
  const before = performance.now();
  const running = api.until<Pod>(`${podsPath}?fieldSelector=metadata.name%3D${name}`, ([pod]) => pod !== undefined && isRunning(pod));
  await api.ok('POST', podsPath, podBody(name));
  await running;
  const took = performance.now() - before;
  const gone = api.until<Pod>(`${podsPath}?fieldSelector=metadata.name%3D${name}`, (pods) => pods.length === 0);
  await api.ok('DELETE', `${podsPath}/${name}`);
  await gone;
  return took;
}

async function rawEngine(start: typeof startRawPod, name: string): Promise<number> {
  const before = performance.now();
  const ids = await start(load, name);
  const took = performance.now() - before;
  await removeRaw(load, ids);
  return took;
}

async function rawProcess(): Promise<number> {
  const before = performance.now();
  const child = spawn('/bin/sh', ['-c', `echo ready; ${script}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const took = performance.now() - before;
  child.kill('SIGKILL');
  await once(child, 'exit');
  return took;
}

const cluster = await Cluster.start({ runtime: runtime as 'docker', nodes: 1 });
const ours: number[] = [];
const rawPod: number[] = [];
const rawSingle: number[] = [];
try {
  await kedgeRun(cluster.api, 'warm-1');
  for (let index = 0; index <= runs; index++) {
    const name = `${String(process.pid)}-${String(index)}`;
    if (runtime === 'process') rawSingle.push(await rawProcess());
    else {
      rawSingle.push(await rawEngine(startRawContainer, name));
      rawPod.push(await rawEngine(startRawPod, name));
    }
    ours.push(await kedgeRun(cluster.api, `bench-${String(index)}`));
  }
} finally { await cluster.stop(); }

const line = (label: string, values: readonly number[]): string => `  ${label.padEnd(22)} p50 ${percentile(values, 50).toFixed(1)} ms  p90 ${percentile(values, 90).toFixed(1)} ms`;
console.log(machine());
console.log(`${runtime}: pod create -> running, ${String(ours.length)} runs, alternating with raw`);
console.log(line('kedge', ours));
console.log(line('raw single', rawSingle));
if (rawPod.length > 0) console.log(line('raw holder + container', rawPod));
console.log(`  ratio ${(percentile(ours, 50) / percentile(rawPod.length > 0 ? rawPod : rawSingle, 50)).toFixed(2)}`);
