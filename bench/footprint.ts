/**
 * Memory and idle CPU of the agent and of the master with embedded broker. `… bench/footprint.ts docker 10 600`: runtime, workloads on the measured node, seconds of idling.
 * A second node count of 3 and 50 pods stand for "master, 3 nodes, 50 pods".
 */
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Cluster } from '../test/system/cluster.js';
import type { Pod } from '../core/api/types.js';
import { machine } from './measure.js';
import { deployment, isRunning, podsPath, workload } from './pods.js';

const [runtime = 'process', podsText = '10', secondsText = '600', nodesText = '1'] = process.argv.slice(2);

const rollup = (pid: number, field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;

function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Node children of `pid` whose command line names the agent. */
const agentsOf = (pid: number): readonly number[] => readdirSync('/proc').map(Number).filter((child) => {
  if (!Number.isInteger(child)) return false;
  try {
    const parent = Number(readFileSync(`/proc/${String(child)}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1]);
    return parent === pid && readFileSync(`/proc/${String(child)}/cmdline`, 'utf8').includes('agent');
  } catch { return false; }
});

const cluster = await Cluster.start({ runtime: runtime as 'docker', nodes: Number(nodesText) });
try {
  const count = Number(podsText);
  const all = cluster.api.until<Pod>(podsPath, (pods) => pods.filter(isRunning).length >= count, 300_000);
  await cluster.api.ok('POST', '/apis/apps/v1/namespaces/default/deployments', deployment('idle', count, workload(runtime)));
  await all;
  const master = cluster.kedge.child.pid ?? 0;
  const watched = [['master', master] as const, ...agentsOf(master).map((pid, index) => [`agent ${String(index + 1)}`, pid] as const)];
  await delay(5000);
  const before = new Map(watched.map(([, pid]) => [pid, cpuMs(pid)]));
  const seconds = Number(secondsText);
  await delay(seconds * 1000);
  console.log(machine());
  console.log(`${runtime}, ${nodesText} node(s), ${podsText} pods, idle for ${secondsText} s`);
  for (const [label, pid] of watched) {
    const cpu = (cpuMs(pid) - (before.get(pid) ?? 0)) / seconds / 10;
    console.log(`  ${label.padEnd(9)} RSS ${rollup(pid, 'Rss').toFixed(1)} MiB  anonymous ${rollup(pid, 'Anonymous').toFixed(1)} MiB  idle CPU ${cpu.toFixed(2)} % of a core`);
  }
} finally { await cluster.stop(); }
