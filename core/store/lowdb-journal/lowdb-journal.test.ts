import { describe, expect, it } from 'vitest';
import { journalCases, record, tombstone } from '../../../test/conformance/journal.cases.js';
import { MemoryDisk } from '../../../test/fakes/memory-disk.js';
import { RecordingLog } from '../../../test/fakes/recording-log.js';
import { settle } from '../../../test/fakes/virtual-clock.js';
import { LowdbJournal, type LowdbJournalOptions } from './lowdb-journal.js';

const folder = '/data';
const journal1 = '/data/journal-00000001.jsonl';

function open(disk: MemoryDisk, options: Partial<LowdbJournalOptions> = {}): LowdbJournal {
  return new LowdbJournal({ folder, disk, log: new RecordingLog(), onFatal: (error) => { throw error; }, ...options });
}

journalCases('LowdbJournal', () => {
  const disk = new MemoryDisk();
  return { open: () => open(disk), failNextAppend: () => { disk.failNext('append', 'ENOSPC'); } };
});

journalCases('LowdbJournal that compacts all the time', () => {
  const disk = new MemoryDisk();
  return { open: () => open(disk, { compactAtBytes: 1 }), failNextAppend: () => { disk.failNext('append', 'ENOSPC'); } };
});

const load = async (disk: MemoryDisk): Promise<unknown> => (await open(disk).load()).records;

describe('group commit', () => {
  it('shares one sync among concurrent appends', async () => {
    const disk = new MemoryDisk();
    const journal = open(disk);
    await journal.load();
    await Promise.all(Array.from({ length: 200 }, (_, index) => journal.append([record(index + 1, `n${index}`)])));
    expect(disk.syncs).toBeLessThanOrEqual(2);
  });
});

describe('compaction', () => {
  it('leaves one snapshot and one journal, and appends made meanwhile', async () => {
    const disk = new MemoryDisk();
    const journal = open(disk);
    await journal.load();
    await journal.append([record(1, 'a'), record(2, 'b'), record(3, 'gone')]);
    const compacted = journal.compact();
    const meanwhile = [journal.append([record(4, 'b', 'newer')]), journal.append([tombstone(5, 'gone')]), journal.append([record(6, 'c')])];
    await Promise.all([compacted, ...meanwhile]);
    await journal.close();
    expect(disk.paths).toEqual(['/data/journal-00000002.jsonl', '/data/snapshot-00000002.jsonl']);
    expect(await open(disk).load()).toEqual({ revision: 6, records: [record(1, 'a'), record(4, 'b', 'newer'), record(6, 'c')] });
  });

  it('that finds no space only warns: everything is still there, and the next one clears up', async () => {
    const disk = new MemoryDisk();
    const log = new RecordingLog();
    const journal = open(disk, { log });
    await journal.load();
    await journal.append([record(1, 'a')]);
    disk.failNext('replace', 'ENOSPC');
    await journal.compact();
    expect(log.at('warn')).toHaveLength(1);
    await journal.append([record(2, 'b')]);
    expect(await load(disk.afterPowerCut())).toEqual([record(1, 'a'), record(2, 'b')]);
    await journal.compact();
    expect(disk.paths).toEqual(['/data/journal-00000003.jsonl', '/data/snapshot-00000003.jsonl']);
    expect(await load(disk.afterPowerCut())).toEqual([record(1, 'a'), record(2, 'b')]);
  });
});

describe('a disk that fails', () => {
  it('cuts what a full disk took of a refused append, for good', async () => {
    const disk = new MemoryDisk();
    const journal = open(disk);
    await journal.load();
    await journal.append([record(1, 'a')]);
    disk.free = 150;
    await expect(journal.append([record(2, 'b'), record(3, 'c')])).rejects.toThrow(/^KD-1205: no space left on the disk of '\/data'.*Free some space/);
    expect(await load(disk.afterKill())).toEqual([record(1, 'a')]);
    disk.free = Infinity;
    await journal.append([record(4, 'd')]);
    expect(await load(disk.afterKill())).toEqual([record(1, 'a'), record(4, 'd')]);
  });

  it.each(['sync', 'append'] as const)('is fatal when %s fails: reported once, never retried', async (operation) => {
    const disk = new MemoryDisk();
    const fatal: Error[] = [];
    const journal = open(disk, { onFatal: (error) => { fatal.push(error); } });
    await journal.load();
    await journal.append([record(1, 'a')]);
    const syncs = disk.syncs;
    disk.failNext(operation, 'EIO');
    const both = [journal.append([record(2, 'b')]), journal.append([record(3, 'c')])];
    for (const result of await Promise.allSettled(both)) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'KD-1206' } });
    await expect(journal.append([record(4, 'd')])).rejects.toThrow('KD-1206');
    await settle();
    expect([fatal.length, disk.syncs]).toEqual([1, syncs]);
  });
});

describe('damage', () => {
  const twoBatches = async (): Promise<MemoryDisk> => {
    const disk = new MemoryDisk();
    const journal = open(disk);
    await journal.load();
    await journal.append([record(1, 'a')]);
    await journal.append([record(2, 'b')]);
    await journal.close();
    return disk;
  };

  it('in the middle is one clear error that names file and byte, wherever it is', async () => {
    const intact = await twoBatches();
    const bytes = intact.peek(journal1)!;
    const last = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
    for (let at = 0; at < last; at += 1) {
      const disk = intact.afterKill();
      const broken = Buffer.from(bytes);
      broken[at] = broken[at]! ^ 1;
      disk.plant(journal1, broken);
      await expect(open(disk).load(), `byte ${at}`).rejects.toThrow(/^KD-1201: '\/data\/journal-00000001.jsonl' is damaged at byte \d+.*backup/);
    }
  });

  it('of a snapshot is an error wherever it is, also when its end is missing', async () => {
    const intact = await twoBatches();
    const journal = open(intact);
    await journal.load();
    await journal.compact();
    await journal.close();
    const snapshot = '/data/snapshot-00000002.jsonl';
    const bytes = intact.peek(snapshot)!;
    for (let at = 0; at < bytes.length; at += 1) {
      const disk = intact.afterKill();
      disk.plant(snapshot, bytes.subarray(0, at));
      await expect(open(disk).load(), `cut at ${at}`).rejects.toMatchObject({ code: 'KD-1201' });
      const broken = Buffer.from(bytes);
      broken[at] = broken[at]! ^ 1;
      disk.plant(snapshot, broken);
      await expect(open(disk).load(), `byte ${at}`).rejects.toMatchObject({ code: 'KD-1201' });
    }
  });

  it('a missing file is an error that names it', async () => {
    const disk = await twoBatches();
    await disk.rename(journal1, '/data/journal-00000003.jsonl');
    await expect(open(disk).load()).rejects.toThrow(/^KD-1202: '\/data\/snapshot-00000003.jsonl' is missing/);
    disk.plant('/data/journal-00000001.jsonl', Buffer.alloc(0));
    await expect(open(disk).load()).rejects.toThrow(/^KD-1202: '\/data\/journal-00000002.jsonl' is missing/);
  });

  it('lets a torn tail go, and says so', async () => {
    const disk = await twoBatches();
    const log = new RecordingLog();
    disk.plant(journal1, disk.peek(journal1)!.subarray(0, -5));
    const journal = open(disk, { log });
    expect((await journal.load()).records).toEqual([record(1, 'a')]);
    expect(log.at('warn')).toHaveLength(1);
    await journal.append([record(3, 'c')]);
    expect(await load(disk.afterPowerCut())).toEqual([record(1, 'a'), record(3, 'c')]);
  });
});
