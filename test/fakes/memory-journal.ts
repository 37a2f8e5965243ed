import type { Journal, JournalRecord } from '../../core/contracts/journal.js';

/** A journal that keeps everything, in memory. `records` outlives it: give them to the next one to test a restart. */
export class MemoryJournal implements Journal {
  private readonly failures: Error[] = [];
  private closed = false;
  private tail: Promise<void> = Promise.resolve();

  /** @param write awaited before each append is acknowledged: hold it to see what is not acknowledged yet. */
  constructor(readonly records: JournalRecord[] = [], private readonly write: () => Promise<void> = async () => undefined) {}

  /** The next append rejects; nothing of it is kept. */
  failNext(code = 'ENOSPC'): void {
    this.failures.push(Object.assign(new Error(`KD-1205 the disk of memory is full: nothing was stored; free space and try again`), { code }));
  }

  async load(): Promise<{ readonly revision: number; readonly records: readonly JournalRecord[] }> {
    const live = new Map<string, JournalRecord>();
    let revision = 0;
    for (const record of this.records) {
      revision = Math.max(revision, record.revision);
      if (record.object) live.set(record.key, record); else live.delete(record.key);
    }
    return { revision, records: [...live.values()] };
  }

  append(records: readonly JournalRecord[]): Promise<void> {
    if (this.closed) return Promise.reject(new Error('the journal is closed'));
    const turn = this.tail.then(async () => {
      await this.write();
      const failure = this.failures.shift();
      if (failure) throw failure;
      this.records.push(...records);
    });
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.tail;
  }
}
