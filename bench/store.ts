// Durable writes, and what compaction does to the event loop: `node scripts/run.mjs bench/store.ts [folder]`
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSONFilePreset } from 'lowdb/node';
import { configMaps } from '../core/api/resources.js';
import type { ConfigMap } from '../core/api/types.js';
import { SystemClock } from '../core/machinery/system/system-clock.js';
import { NodeDisk } from '../core/machinery/system/node-disk.js';
import { StderrLog } from '../core/machinery/system/stderr-log.js';
import { LowdbJournal } from '../core/store/lowdb-journal/lowdb-journal.js';
import { RevisionedStore } from '../core/store/revisioned-store.js';
import { median, percentile, report, timed, watchLoop } from './measure.js';

const objects = 50_000;
const writers = 200;
const rounds = 5;

/** About 2 kB as JSON. */
const draft = (name: string, round: number): ConfigMap => ({
  apiVersion: 'v1', kind: 'ConfigMap',
  metadata: { name, namespace: 'default', uid: `uid-${name}`, resourceVersion: '', creationTimestamp: '2026-01-01T00:00:00Z', labels: { app: 'bench', tier: 'front' } },
  data: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`key-${index}`, `${name} ${round} `.padEnd(76, String(index))])),
});

const root = await mkdtemp(join(process.argv[2] ?? tmpdir(), 'kedge-bench-'));
const log = new StderrLog(new SystemClock());
const onFatal = (error: Error): void => { console.error(error); process.exit(1); };
const journal = new LowdbJournal({ folder: join(root, 'store'), disk: new NodeDisk(), log, onFatal, compactAtBytes: 2 ** 40 });
const store = new RevisionedStore({ journal, log });

/** Durable writes a second with `writers` at a time. The objects are made before: making them is not the store's work. */
async function concurrent(round: number, total: number): Promise<number> {
  const drafts = Array.from({ length: total }, (_, index) => draft(`object-${(round * total + index) % objects}`, round));
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let object = drafts[next++]; object; object = drafts[next++]) await store.update(configMaps, object);
  };
  return total / (await timed(() => Promise.all(Array.from({ length: writers }, writer)))) * 1000;
}

async function serial(round: number, total: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < total; index += 1) times.push(await timed(() => store.update(configMaps, draft(`object-${index}`, round))));
  return times;
}

async function compaction(busy: boolean, round: number): Promise<{ readonly ms: number; readonly stall: number }> {
  let done = false;
  const load = async (): Promise<void> => {
    for (let index = 0; busy && !done; index += 1) await store.update(configMaps, draft(`object-${index % objects}`, round));
  };
  const loop = watchLoop();
  const background = load();
  const ms = await timed(() => journal.compact());
  done = true;
  const stall = loop.stop();
  await background;
  return { ms, stall };
}

try {
  await store.start();
  for (let from = 0; from < objects; from += 1000) {
    await Promise.all(Array.from({ length: 1000 }, (_, index) => store.create(configMaps, draft(`object-${from + index}`, 0))));
  }
  const throughput: number[] = [];
  const latencies: number[] = [];
  const quiet: { readonly ms: number; readonly stall: number }[] = [];
  const busy: { readonly ms: number; readonly stall: number }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    throughput.push(await concurrent(round, 20_000));
    latencies.push(...await serial(100 + round, 500));
    quiet.push(await compaction(false, 200 + round));
    busy.push(await compaction(true, 300 + round));
  }
  await store.stop();
  const loaded = await timed(async () => {
    const again = new RevisionedStore({ journal: new LowdbJournal({ folder: join(root, 'store'), disk: new NodeDisk(), log, onFatal }), log });
    await again.start();
    if (again.list(configMaps).length !== objects) throw new Error('objects were lost');
    await again.stop();
  });

  // The yardstick: lowdb as it comes, all objects in one file.
  const plain = await JSONFilePreset<Record<string, ConfigMap>>(join(root, 'plain.json'), Object.fromEntries(Array.from({ length: objects }, (_, index) => [`object-${index}`, draft(`object-${index}`, 0)])));
  await plain.write();
  const plainTimes: number[] = [];
  const plainStalls: number[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const loop = watchLoop();
    plainTimes.push(await timed(() => plain.update((data) => { data['object-1'] = draft('object-1', round); })));
    plainStalls.push(loop.stop());
  }
  report(`store: ${objects} objects of 2 kB in ${root}, ${rounds} rounds`, [
    { what: `durable puts, ${writers} writers`, value: median(throughput), unit: '/s', target: { atLeast: 15_000 }, yardstick: { name: 'plain lowdb, one writer', value: 1000 / median(plainTimes) } },
    { what: 'serial durable put, p50', value: median(latencies), unit: 'ms', target: { atMost: 1 }, yardstick: { name: 'plain lowdb', value: median(plainTimes) } },
    { what: 'serial durable put, p99', value: percentile(latencies, 99), unit: 'ms' },
    { what: 'compaction, longest stall', value: median(quiet.map(({ stall }) => stall)), unit: 'ms', target: { atMost: 30 }, yardstick: { name: 'plain lowdb write', value: median(plainStalls) } },
    { what: 'compaction, longest stall of all rounds', value: Math.max(...quiet.map(({ stall }) => stall)), unit: 'ms', target: { atMost: 30 } },
    { what: 'compaction under writes, longest stall', value: median(busy.map(({ stall }) => stall)), unit: 'ms', target: { atMost: 30 } },
    { what: 'compaction', value: median(quiet.map(({ ms }) => ms)), unit: 'ms' },
    { what: 'load', value: loaded, unit: 'ms' },
  ]);
} finally {
  await rm(root, { recursive: true, force: true });
}
