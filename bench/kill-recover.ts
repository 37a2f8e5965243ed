/** A container killed behind Kedge's back → seen as not running / running again (first restart). `… bench/kill-recover.ts docker|podman|process [runs]` */
import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { Cluster } from '../test/system/cluster.js';
import type { ContainerStatus, Pod } from '../core/api/types.js';
import { machine, percentile } from './measure.js';
import { isRunning, podSpec, podsPath, workload } from './pods.js';

const [runtime = 'docker', runsText = '10'] = process.argv.slice(2);
const load = workload(runtime);

function kill(status: ContainerStatus): void {
  const id = (status.containerID ?? '').replace(/^.*:\/\//, '');
  if (runtime === 'docker') execFileSync('docker', ['kill', id], { stdio: 'ignore' });
  else if (runtime === 'podman') execFileSync('curl', ['-s', '-X', 'POST', '--unix-socket', process.env['PODMAN_SOCK'] ?? '', `http://d/v4.0.0/libpod/containers/${id}/kill?signal=KILL`], { stdio: 'ignore' });
  else process.kill(Number(/\d+/.exec(id)?.[0]), 'SIGKILL');
}

const cluster = await Cluster.start({ runtime: runtime as 'docker', nodes: 1 });
const noticed: number[] = []; const again: number[] = [];
try {
  for (let index = 0; index < Number(runsText); index++) {
    const name = `kill-${String(index)}`;
    const path = `${podsPath}?fieldSelector=metadata.name%3D${name}`;
    const running = cluster.api.until<Pod>(path, ([pod]) => pod !== undefined && isRunning(pod));
    await cluster.api.ok('POST', podsPath, { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: podSpec(load) });
    const status = (await running)[0]?.status?.containerStatuses?.[0];
    if (!status) throw new Error('the pod has no container status');
    const isDown = cluster.api.until<Pod>(path, ([pod]) => pod?.status?.containerStatuses?.[0]?.containerID !== status.containerID || pod?.status?.containerStatuses?.[0]?.state?.running === undefined);
    const isBack = cluster.api.until<Pod>(path, ([pod]) => (pod?.status?.containerStatuses?.[0]?.restartCount ?? 0) > 0 && pod !== undefined && isRunning(pod));
    const before = performance.now();
    kill(status);
    await isDown.then(() => { noticed.push(performance.now() - before); });
    await isBack.then(() => { again.push(performance.now() - before); });
    await cluster.api.ok('DELETE', `${podsPath}/${name}?gracePeriodSeconds=1`);
  }
} finally { await cluster.stop(); }
console.log(machine());
console.log(`${runtime}: container killed from outside, ${runsText} runs`);
console.log(`  noticed       p50 ${percentile(noticed, 50).toFixed(0)} ms  p90 ${percentile(noticed, 90).toFixed(0)} ms`);
console.log(`  running again p50 ${percentile(again, 50).toFixed(0)} ms  p90 ${percentile(again, 90).toFixed(0)} ms`);
