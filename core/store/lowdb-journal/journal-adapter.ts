import type { Adapter } from 'lowdb';
import type { AppendFile, Disk } from '../../contracts/disk.js';
import type { JournalRecord } from '../../contracts/journal.js';
import { chainOf, journalName, snapshotName, type Chain } from './file-chain.js';
import { damaged, incomplete, tooNew } from './journal-error.js';
import { LineWriter } from './line-writer.js';
import { scan, type Scan } from './lines.js';

/** What lowdb holds as `db.data`: the last record of each live object. */
export interface JournalData { revision: number; readonly live: Map<string, JournalRecord> }

/** First line of every file. */
const header = JSON.stringify({ kedge: 'store', format: 1 });

/** About what a chunk of a snapshot holds, characters: written, it takes about a millisecond of the event loop. */
const chunkSize = 128 * 1024;

/** The JSON of a {@link JournalRecord}, in pieces. */
const toJson = ({ revision, key, object }: JournalRecord): readonly string[] =>
  [`{"revision":${revision},"key":${JSON.stringify(key)}`, ...(object ? [',"object":', JSON.stringify(object), '}'] : ['}'])];

export const applyRecord = (data: JournalData, record: JournalRecord): void => {
  data.revision = Math.max(data.revision, record.revision);
  if (record.object) data.live.set(record.key, record); else data.live.delete(record.key);
};

/** The whole state in checked lines. Objects that change meanwhile may be in either state: the journal begun before has the last word. */
function* snapshotChunks({ revision, live }: JournalData): Generator<Buffer> {
  const writer = new LineWriter(2 * chunkSize);
  let batch = 1;
  let records = 0;
  writer.add(batch, true, header);
  for (const key of [...live.keys()]) {
    const record = live.get(key);
    if (!record) continue;
    records += 1;
    writer.add((batch += 1), true, ...toJson(record));
    if (writer.size < chunkSize) continue;
    yield writer.written();
    writer.clear();
  }
  writer.add(batch + 1, true, JSON.stringify({ end: true, revision, records }));
  yield writer.written();
}

/** A lowdb adapter that appends changes instead of rewriting everything: `write` is the compaction, and `append` is what is called for each change. */
export class JournalAdapter implements Adapter<JournalData> {
  private readonly writer = new LineWriter(1024 * 1024);
  private file: AppendFile | undefined;
  private number = 1;
  private batch = 0;
  /** Good bytes of the journal being appended to. */
  private size = 0;
  /** Bytes of all journals since the last snapshot, and of that snapshot: they decide when to compact. */
  journalled = 0;
  snapshotted = 0;
  /** Bytes of a write that a crash cut short, dropped by `read`. */
  torn = 0;

  constructor(private readonly folder: string, private readonly disk: Disk) {}

  async read(): Promise<JournalData> {
    const data: JournalData = { revision: 0, live: new Map() };
    const chain = chainOf([...(await this.disk.list(this.folder)).keys()]);
    if (chain.missing !== undefined) throw incomplete(this.folder, chain.missing);
    if (chain.snapshot > 0) await this.readSnapshot(chain.snapshot, data);
    const last = await this.readJournals(chain, data);
    await this.open(chain.journals.at(-1) ?? 1, last);
    for (const name of chain.superseded) await this.disk.remove(this.path(name));
    return data;
  }

  /** Compaction: a snapshot that makes every journal before the current one superfluous. Appends go on meanwhile. */
  async write(data: JournalData): Promise<void> {
    const { number } = this;
    const before = this.journalled;
    let size = 0;
    const counted = function* (chunks: Iterable<Buffer>): Generator<Buffer> {
      for (const chunk of chunks) { size += chunk.length; yield chunk; }
    };
    await this.disk.replace(this.path(snapshotName(number)), counted(snapshotChunks(data)));
    this.snapshotted = size;
    this.journalled -= before;
    const chain = chainOf([...(await this.disk.list(this.folder)).keys()]);
    for (const name of chain.superseded) await this.disk.remove(this.path(name));
  }

  /** Begins a new journal; what the old one holds is on disk already. */
  async rotate(): Promise<void> {
    const next = await this.disk.append(this.path(journalName(this.number + 1)));
    const previous = this.file;
    this.file = next;
    this.number += 1;
    this.batch = this.size = 0;
    await previous?.close();
  }

  /** One batch, written but not synced. A rejection leaves a tail to be cut by {@link cut}. */
  async append(records: readonly JournalRecord[]): Promise<void> {
    const batch = this.batch + 1;
    this.writer.clear();
    if (batch === 1) this.writer.add(batch, records.length === 0, header);
    for (const [index, record] of records.entries()) this.writer.add(batch, index === records.length - 1, ...toJson(record));
    const bytes = this.writer.written();
    await this.opened().append(bytes);
    this.size += bytes.length;
    this.journalled += bytes.length;
    this.batch = batch;
  }

  sync(): Promise<void> { return this.opened().sync(); }

  /** Takes back an append that failed half-way. */
  async cut(): Promise<void> {
    await this.opened().truncate(this.size);
    await this.opened().sync();
  }

  async close(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await file?.close();
  }

  private path(name: string): string { return `${this.folder}/${name}`; }

  private opened(): AppendFile {
    if (!this.file) throw new Error('the journal is not open');
    return this.file;
  }

  private async open(number: number, { size, batch, torn }: { readonly size: number; readonly batch: number; readonly torn: boolean }): Promise<void> {
    this.file = await this.disk.append(this.path(journalName(number)));
    Object.assign(this, { number, size, batch });
    if (torn) await this.cut();
  }

  private async readSnapshot(number: number, data: JournalData): Promise<void> {
    const name = snapshotName(number);
    const { found, bytes } = await this.scanFile(name);
    const [first, ...rest] = found.lines;
    this.checkHeader(name, first);
    const end = JSON.parse(rest.pop() ?? '{}') as { readonly end?: boolean; readonly revision?: number; readonly records?: number };
    if (found.size !== bytes || end.end !== true || end.records !== rest.length) throw damaged(this.folder, name, found.damagedAt ?? found.size);
    for (const line of rest) applyRecord(data, JSON.parse(line) as JournalRecord);
    data.revision = Math.max(data.revision, end.revision ?? 0);
    this.snapshotted = bytes;
  }

  private async readJournals({ journals }: Chain, data: JournalData): Promise<{ readonly size: number; readonly batch: number; readonly torn: boolean }> {
    let last = { size: 0, batch: 0, torn: false };
    for (const [index, number] of journals.entries()) {
      const name = journalName(number);
      const { found, bytes } = await this.scanFile(name);
      const torn = found.size < bytes;
      if (torn && index < journals.length - 1) throw damaged(this.folder, name, found.size);
      if (found.lines.length > 0) this.checkHeader(name, found.lines[0]);
      for (const line of found.lines.slice(1)) applyRecord(data, JSON.parse(line) as JournalRecord);
      this.torn = bytes - found.size;
      last = { size: found.size, batch: found.batch, torn };
      this.journalled += found.size;
    }
    return last;
  }

  private async scanFile(name: string): Promise<{ readonly found: Scan; readonly bytes: number }> {
    const content = (await this.disk.read(this.path(name))) ?? Buffer.alloc(0);
    const found = scan(content);
    if (found.damagedAt !== undefined) throw damaged(this.folder, name, found.damagedAt);
    return { found, bytes: content.length };
  }

  private checkHeader(name: string, line: string | undefined): void {
    const { kedge, format } = JSON.parse(line ?? '{}') as { readonly kedge?: unknown; readonly format?: unknown };
    if (kedge !== 'store') throw damaged(this.folder, name, 0);
    if (format !== 1) throw tooNew(this.folder, name, format);
  }
}
