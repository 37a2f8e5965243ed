import { describe, expect, it } from 'vitest';
import { configMaps } from '../api/resources.js';
import { configMap, objectStoreCases } from '../../test/conformance/object-store.cases.js';
import { MemoryDisk } from '../../test/fakes/memory-disk.js';
import { MemoryJournal } from '../../test/fakes/memory-journal.js';
import { RecordingLog } from '../../test/fakes/recording-log.js';
import { LowdbJournal } from './lowdb-journal/lowdb-journal.js';
import { RevisionedStore } from './revisioned-store.js';

async function started(journal: MemoryJournal | LowdbJournal, revisionBlock?: number): Promise<RevisionedStore> {
  const store = new RevisionedStore({ journal, log: new RecordingLog(), freeze: true, ...(revisionBlock && { revisionBlock }) });
  await store.start();
  return store;
}

objectStoreCases('RevisionedStore on a journal in memory', async () => {
  const journal = new MemoryJournal();
  return { store: await started(journal), restart: () => started(new MemoryJournal(journal.records)) };
});

objectStoreCases('RevisionedStore on the lowdb journal, killed at restart', async () => {
  const disk = new MemoryDisk();
  const open = (on: MemoryDisk): LowdbJournal => new LowdbJournal({ folder: '/data', disk: on, log: new RecordingLog(), onFatal: (error) => { throw error; }, compactAtBytes: 1000 });
  return { store: await started(open(disk), 3), restart: () => started(open(disk.afterPowerCut()), 3) };
});

describe('a full disk', () => {
  it('is an error to the writer and nothing else', async () => {
    const journal = new MemoryJournal();
    const store = await started(journal);
    await store.create(configMaps, configMap('a', 'one'));
    journal.failNext();
    await expect(store.update(configMaps, configMap('a', 'two'))).rejects.toMatchObject({ reason: 'ServiceUnavailable', message: expect.stringContaining('KD-1205') as string });
    expect(store.newest(configMaps, { namespace: 'default', name: 'a' })?.data).toEqual({ value: 'one' });
    await store.update(configMaps, configMap('a', 'three'));
    expect(store.get(configMaps, { namespace: 'default', name: 'a' })?.data).toEqual({ value: 'three' });
  });

  it('refuses what was based on a refused write, and keeps what was not', async () => {
    let release = (): void => undefined;
    const journal = new MemoryJournal([], () => new Promise<void>((resolve) => { release = resolve; }));
    const store = await started(journal);
    const first = Promise.all([store.create(configMaps, configMap('a', 'one')), store.create(configMaps, configMap('b', 'one')), store.create(configMaps, configMap('c', 'one'))]);
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    release();
    await first;
    journal.failNext();
    const lost = store.update(configMaps, configMap('a', 'two'));
    const observed = store.update(configMaps, configMap('b', 'seen'), { durability: 'memory' });
    await new Promise<void>((resolve) => { setImmediate(resolve); }); // the batch is on its way
    const based = store.update(configMaps, { ...configMap('a', 'three'), metadata: store.newest(configMaps, { namespace: 'default', name: 'a' })!.metadata });
    const other = store.update(configMaps, configMap('c', 'two'));
    const all = Promise.allSettled([lost, observed, based, other]);
    release();
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    release();
    expect((await all).map((result) => (result.status === 'fulfilled' ? 'kept' : (result.reason as { reason: string }).reason))).toEqual(['ServiceUnavailable', 'kept', 'Conflict', 'kept']);
    expect(store.list(configMaps).map(({ data }) => data?.['value'])).toEqual(['one', 'seen', 'two']);
  });
});

describe('revisions', () => {
  it('of observations are reserved before they are used, a block at a time', async () => {
    const journal = new MemoryJournal();
    const store = await started(journal, 10);
    for (let index = 0; index < 100; index += 1) await store.create(configMaps, configMap(`n${index}`, 'x'), { durability: 'memory' });
    expect(store.revision()).toBe(100);
    expect(journal.records.length).toBeLessThanOrEqual(11);
    expect((await started(new MemoryJournal(journal.records))).revision()).toBeGreaterThanOrEqual(100);
  });
});

describe('objects that were never journalled', () => {
  it('cost no disk write when they go', async () => {
    const journal = new MemoryJournal();
    const store = await started(journal);
    await store.create(configMaps, configMap('a', 'x'), { durability: 'memory' });
    const records = journal.records.length;
    await store.delete(configMaps, { namespace: 'default', name: 'a' });
    expect(journal.records.length).toBe(records);
  });
});

it('throws where a stored object is modified', async () => {
  const store = await started(new MemoryJournal());
  const made = await store.create(configMaps, configMap('a', 'x'));
  expect(() => { (made.data as Record<string, string>)['value'] = 'y'; }).toThrow(TypeError);
});
