/** A Deployment of 50 on one node → all running; beside the raw engine starting as many containers four wide. `… bench/deployment-50.ts docker|podman|process` */
import { performance } from 'node:perf_hooks';
import { Cluster } from '../test/system/cluster.js';
import type { Pod } from '../core/api/types.js';
import { machine } from './measure.js';
import { deployment, isRunning, podsPath, workload } from './pods.js';
import { rawBatch } from './raw-engine.js';

const [runtime = 'process', countText = '50'] = process.argv.slice(2);
const count = Number(countText);
const load = workload(runtime);
const raw = runtime === 'process' ? undefined : await rawBatch(load, count, 4);
const cluster = await Cluster.start({ runtime: runtime as 'docker', nodes: 1 });
try {
  const before = performance.now();
  const all = cluster.api.until<Pod>(podsPath, (pods) => pods.filter(isRunning).length >= count, 300_000);
  await cluster.api.ok('POST', '/apis/apps/v1/namespaces/default/deployments', deployment('fifty', count, load));
  await all;
  const took = performance.now() - before;
  console.log(machine());
  console.log(`${runtime}: Deployment of ${String(count)} -> all running: ${(took / 1000).toFixed(2)} s`);
  if (raw !== undefined) console.log(`  raw engine, ${String(count)} single containers 4 wide: ${(raw.single / 1000).toFixed(2)} s; holder + container each: ${(raw.pods / 1000).toFixed(2)} s; ratio ${(took / raw.pods).toFixed(2)}`);
} finally { await cluster.stop(); }
