import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../contracts/journal.js';
import { record, tombstone } from '../../../test/conformance/journal.cases.js';
import { MemoryDisk } from '../../../test/fakes/memory-disk.js';
import { RecordingLog } from '../../../test/fakes/recording-log.js';
import { LowdbJournal } from './lowdb-journal.js';

const open = (disk: MemoryDisk): LowdbJournal =>
  new LowdbJournal({ folder: '/data', disk, log: new RecordingLog(), onFatal: (error) => { throw error; }, compactAtBytes: 500 });

/** Calls of `append`, in groups made at the same time. */
const script: readonly (readonly (readonly JournalRecord[])[])[] = [
  [[record(1, 'a')]],
  [[record(2, 'b'), record(3, 'c')], [record(4, 'a', 'two')]],
  [[tombstone(5, 'b')], [record(6, 'd')], [record(7, 'a', 'three'), { revision: 100, key: '' }]],
  [[record(101, 'b', 'again')]],
  [[tombstone(102, 'c')], [record(103, 'e')]],
];
const calls = script.flat();

function stateAfter(count: number): { readonly revision: number; readonly records: readonly JournalRecord[] } {
  const live = new Map<string, JournalRecord>();
  let revision = 0;
  for (const each of calls.slice(0, count).flat()) {
    revision = Math.max(revision, each.revision);
    if (each.object) live.set(each.key, each); else live.delete(each.key);
  }
  return { revision, records: [...live.values()].sort((a, b) => (a.key < b.key ? -1 : 1)) };
}
const states = calls.map((_, index) => JSON.stringify(stateAfter(index + 1)));
states.unshift(JSON.stringify(stateAfter(0)));

/** Runs the script until the power goes or it is done. Returns how many calls were acknowledged. */
async function run(disk: MemoryDisk): Promise<number> {
  let acknowledged = 0;
  let over = false;
  const all = async (): Promise<void> => {
    const journal = open(disk);
    await journal.load();
    for (const group of script) await Promise.all(group.map((records) => journal.append(records).then(() => { acknowledged += 1; })));
    await journal.close();
  };
  void all().finally(() => { over = true; });
  while (!over && !disk.dead) await new Promise<void>((resolve) => { setImmediate(resolve); });
  await new Promise<void>((resolve) => { setImmediate(resolve); });
  return acknowledged;
}

async function stateOf(disk: MemoryDisk): Promise<string> {
  const journal = open(disk);
  const { revision, records } = await journal.load();
  await journal.close();
  return JSON.stringify({ revision, records: [...records].sort((a, b) => (a.key < b.key ? -1 : 1)) });
}

describe('a crash at any byte', () => {
  it('leaves the last acknowledged state or a newer one, whole calls only, and a journal that goes on', async () => {
    for (let steps = 1; ; steps += 1) {
      const disk = new MemoryDisk();
      disk.killAfter(steps);
      const acknowledged = await run(disk);
      for (const kept of [0, 1, 90, Infinity]) {
        const found = states.indexOf(await stateOf(disk.afterPowerCut(kept)));
        expect(found, `after ${steps} steps, ${kept} unsynced bytes kept`).toBeGreaterThanOrEqual(acknowledged);
      }
      if (!disk.dead) {
        expect(acknowledged).toBe(calls.length);
        expect(disk.paths.some((path) => path.includes('snapshot'))).toBe(true);
        return;
      }
    }
  });

  it('may be followed by a crash at any byte of the recovery, and still nothing is lost', async () => {
    const first = new MemoryDisk();
    first.killAfter(900);
    const acknowledged = await run(first);
    for (let steps = 1; steps < 200; steps += 1) {
      const disk = first.afterPowerCut(40);
      disk.killAfter(steps);
      void open(disk).load();
      for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => { setImmediate(resolve); });
      expect(states.indexOf(await stateOf(disk.afterPowerCut(0))), `after ${steps} steps`).toBeGreaterThanOrEqual(acknowledged);
    }
  });
});
