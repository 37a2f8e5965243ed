/** `npm start` (already built, data dir already there, and a first start) → `/readyz` answers; beside bare `npm run` of an empty script and bare node. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:https';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { freePort, root } from '../test/system/cluster.js';
import { machine, percentile } from './measure.js';

const readyz = (port: number): Promise<boolean> => new Promise((resolve) => {
  const call = request({ host: '127.0.0.1', port, path: '/readyz', rejectUnauthorized: false, agent: false }, (response) => { response.resume(); resolve(response.statusCode === 200 || response.statusCode === 401); });
  call.on('error', () => { resolve(false); });
  call.end();
});

async function start(dataDir: string): Promise<number> {
  const [api, mqtt] = [await freePort(), await freePort()];
  const before = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--data-dir', dataDir, '--api', `127.0.0.1:${String(api)}`, '--mqtt', `127.0.0.1:${String(mqtt)}`, '--runtime', 'process'], { cwd: root, stdio: 'ignore', detached: true });
  while (!(await readyz(api))) { if (child.exitCode !== null) throw new Error('npm start ended'); }
  const took = performance.now() - before;
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await once(child, 'exit');
  return took;
}

async function yardstick(file: string, args: readonly string[]): Promise<number> {
  const before = performance.now();
  await once(spawn(file, args, { cwd: root, stdio: 'ignore' }), 'exit');
  return performance.now() - before;
}

const runs = Number(process.argv[2] ?? 7);
const first: number[] = []; const again: number[] = []; const npm: number[] = []; const node: number[] = [];
for (let index = 0; index < runs; index++) {
  const dataDir = mkdtempSync(join(tmpdir(), 'kedge-bench-'));
  first.push(await start(dataDir));
  again.push(await start(dataDir));
  rmSync(dataDir, { recursive: true, force: true });
  npm.push(await yardstick('npm', ['--version']));
  node.push(await yardstick(process.execPath, ['-e', '0']));
}
console.log(machine());
for (const [label, values] of [['npm start -> /readyz, second start', again], ['npm start -> /readyz, first start (makes the CA)', first], ['npm --version', npm], ['node -e 0', node]] as const) {
  console.log(`  ${label.padEnd(50)} p50 ${percentile(values, 50).toFixed(0)} ms  p90 ${percentile(values, 90).toFixed(0)} ms`);
}
