// Run by store-crash.test.ts in a process of its own: writes for ever, and says on standard output what was acknowledged.
import { configMaps } from '../../core/api/resources.js';
import { lockFolder } from '../../core/machinery/system/folder-lock.js';
import { NodeDisk } from '../../core/machinery/system/node-disk.js';
import { StderrLog } from '../../core/machinery/system/stderr-log.js';
import { SystemClock } from '../../core/machinery/system/system-clock.js';
import { LowdbJournal } from '../../core/store/lowdb-journal/lowdb-journal.js';
import { RevisionedStore } from '../../core/store/revisioned-store.js';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: store-writer <folder>');
const log = new StderrLog(new SystemClock());
const onFatal = (error: Error): void => { console.error(error.message); process.exit(1); };
const store = new RevisionedStore({ journal: new LowdbJournal({ folder, disk: new NodeDisk(), log, onFatal, lock: lockFolder, compactAtBytes: 200_000 }), log });
await store.start().catch((error: unknown) => { console.error(String(error)); process.exit(2); });

for (const { metadata, data } of store.list(configMaps)) process.stdout.write(`found ${metadata.name} ${data?.['value']}\n`);
process.stdout.write(`ready ${store.revision()}\n`);

const write = async (writer: number): Promise<void> => {
  const key = { namespace: 'default', name: `writer-${writer}` };
  for (;;) {
    const stored = store.get(configMaps, key);
    const value = String(Number(stored?.data?.['value'] ?? 0) + 1);
    const metadata = stored?.metadata ?? { ...key, uid: `uid-${writer}`, resourceVersion: '', creationTimestamp: '' };
    const object = { metadata, data: { value, filler: 'x'.repeat(500) } };
    const written = await (stored ? store.update(configMaps, object) : store.create(configMaps, object));
    process.stdout.write(`acknowledged ${key.name} ${value} ${written.metadata.resourceVersion}\n`);
  }
};
await Promise.all(Array.from({ length: 20 }, (_, writer) => write(writer)));
