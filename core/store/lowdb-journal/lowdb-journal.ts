import { Low } from 'lowdb';
import type { Disk } from '../../contracts/disk.js';
import type { Journal, JournalRecord } from '../../contracts/journal.js';
import type { Log } from '../../contracts/log.js';
import { applyRecord, JournalAdapter, type JournalData } from './journal-adapter.js';
import { closed, diskFull, notDurable } from './journal-error.js';

/** Held while the journal is open, so that no other process writes the same files. */
export interface HeldLock { release(): Promise<void> }

export interface LowdbJournalOptions {
  /** The folder that holds the journal, and nothing else of anybody. */
  readonly folder: string;
  readonly disk: Disk;
  readonly log: Log;
  /** Called once when the disk failed in a way that leaves it unknown what is stored. The process should end. */
  readonly onFatal: (error: Error) => void;
  /** Rejects when another process has the folder. */
  readonly lock?: (folder: string) => Promise<HeldLock>;
  /** Journal bytes that may pile up before a compaction; at least twice the snapshot. Default 16 MiB. */
  readonly compactAtBytes?: number;
}

interface Waiting { readonly records: readonly JournalRecord[]; readonly resolve: () => void; readonly reject: (error: Error) => void }

/** Records written at once: bounds the event loop's stall when many wait. */
const mostPerBatch = 1024;

const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** {@link Journal} on lowdb: `db.data` is what is on disk, changes are appended by the adapter, and `db.write()` compacts. */
export class LowdbJournal implements Journal {
  private readonly adapter: JournalAdapter;
  private readonly db: Low<JournalData>;
  private readonly compactAt: number;
  private lock: HeldLock | undefined;
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | undefined;
  private compacting: Promise<void> | undefined;
  /** After a compaction that failed: do not try again before the journal has grown to this. */
  private compactAgainAt = 0;
  private wanted = false;
  private state: 'new' | 'open' | 'closed' = 'new';
  private fatal: Error | undefined;

  constructor(private readonly options: LowdbJournalOptions) {
    this.adapter = new JournalAdapter(options.folder, options.disk);
    this.db = new Low<JournalData>(this.adapter, { revision: 0, live: new Map() });
    this.compactAt = options.compactAtBytes ?? 16 * 1024 * 1024;
  }

  async load(): Promise<{ readonly revision: number; readonly records: readonly JournalRecord[] }> {
    this.lock = await this.options.lock?.(this.options.folder);
    try {
      await this.db.read();
    } catch (error) {
      await this.lock?.release();
      throw error;
    }
    this.state = 'open';
    const { folder, log } = this.options;
    if (this.adapter.torn > 0) log.warn('dropped a write that was cut short before it was acknowledged', { folder, bytes: this.adapter.torn });
    return { revision: this.db.data.revision, records: [...this.db.data.live.values()] };
  }

  append(records: readonly JournalRecord[]): Promise<void> {
    if (this.fatal || this.state !== 'open') return Promise.reject(this.fatal ?? closed(this.options.folder));
    return new Promise((resolve, reject) => {
      this.waiting.push({ records, resolve, reject });
      this.flushing ??= this.flush();
    });
  }

  async close(): Promise<void> {
    if (this.state === 'closed') return;
    this.state = 'closed';
    await this.flushing;
    await this.compacting;
    await this.adapter.close();
    await this.lock?.release();
  }

  /** Writes a snapshot now and drops what it makes superfluous. Resolves also when that failed: the journal is as good as before. */
  async compact(): Promise<void> {
    await this.compacting;
    this.wanted = true;
    this.flushing ??= this.flush();
    await this.flushing;
    await this.compacting;
  }

  private async flush(): Promise<void> {
    await Promise.resolve(); // whoever appends in this very turn shares the sync
    while (!this.fatal && (this.waiting.length > 0 || this.isDue())) {
      if (this.waiting.length > 0) await this.write(this.take());
      if (this.isDue()) await this.rotate();
    }
    this.flushing = undefined;
    if (this.fatal) for (const { reject } of this.waiting.splice(0)) reject(this.fatal);
  }

  private take(): readonly Waiting[] {
    let records = 0;
    let calls = 0;
    for (const call of this.waiting) {
      if (calls > 0 && records + call.records.length > mostPerBatch) break;
      records += call.records.length;
      calls += 1;
    }
    return this.waiting.splice(0, calls);
  }

  private async write(calls: readonly Waiting[]): Promise<void> {
    const records = calls.flatMap((call) => call.records);
    try {
      await this.adapter.append(records);
    } catch (error) {
      const refusal = await this.takeBack(error);
      for (const { reject } of calls) reject(refusal);
      return;
    }
    try {
      await this.adapter.sync();
    } catch (error) {
      const refusal = this.fail(error); // the kernel may have dropped the pages: a second sync would lie
      for (const { reject } of calls) reject(refusal);
      return;
    }
    for (const record of records) applyRecord(this.db.data, record);
    for (const { resolve } of calls) resolve();
  }

  private async takeBack(error: unknown): Promise<Error> {
    if (!isFull(error)) return this.fail(error);
    try {
      await this.adapter.cut();
      return diskFull(this.options.folder);
    } catch (failure) {
      return this.fail(failure);
    }
  }

  private fail(error: unknown): Error {
    if (!this.fatal) {
      this.fatal = notDurable(this.options.folder, error);
      this.options.onFatal(this.fatal);
    }
    return this.fatal;
  }

  private isDue(): boolean {
    const { journalled, snapshotted } = this.adapter;
    if (this.compacting || this.fatal) return false;
    return this.wanted || journalled >= Math.max(this.compactAt, 2 * snapshotted, this.compactAgainAt);
  }

  /** Between two batches: the old journal is complete. The snapshot is written while appends go on. */
  private async rotate(): Promise<void> {
    this.wanted = false;
    try {
      await this.adapter.rotate();
    } catch (error) {
      this.postpone(error);
      return;
    }
    this.compacting ??= this.db.write().catch((error: unknown) => { this.postpone(error); }).finally(() => { this.compacting = undefined; });
  }

  private postpone(error: unknown): void {
    this.compactAgainAt = this.adapter.journalled + this.compactAt;
    this.options.log.warn('journal not compacted; it goes on growing', { folder: this.options.folder, error });
  }
}
