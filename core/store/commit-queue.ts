import type { KubeObject, Resource } from '../api/resource.js';
import type { Journal, JournalRecord } from '../contracts/journal.js';
import { lostBase, notStored } from './refusals.js';

/** A write whose preconditions hold, on its way to disk. */
export interface PendingWrite {
  /** `<resource key>/<namespace or ''>/<name>`, as in the journal. */
  readonly id: string;
  readonly resource: Resource;
  readonly revision: number;
  /** False: may become visible without having been journalled. */
  readonly durable: boolean;
  /** What is newest once this is written; undefined when deleted. */
  readonly object: KubeObject | undefined;
  /** Makes it visible and answers the writer. Called in order of revisions. */
  readonly commit: () => void;
  /** Tells the writer that it was not stored. */
  readonly reject: (error: Error) => void;
}

export interface CommitQueueOptions {
  readonly journal: Journal;
  /** Revisions promised to the journal at a time: after a restart counting goes on behind them, so that one used in memory only is never used again. */
  readonly block: number;
}

/** Writes per journal append: bounds the time spent serialising at once, and how many writers a full disk refuses together. */
const mostInBatch = 256;

/** Takes writes in order, makes them durable in shared batches, and commits them in order. One batch is on its way at a time. */
export class CommitQueue {
  private readonly newest = new Map<string, PendingWrite>();
  private waiting: PendingWrite[] = [];
  private assigned = 0;
  private reserved = 0;
  private draining: Promise<void> | undefined;

  constructor(private readonly options: CommitQueueOptions) {}

  /** Counting goes on after `revision`, the highest the journal knows. */
  startAfter(revision: number): void {
    this.assigned = revision;
    this.reserved = revision;
  }

  nextRevision(): number { return (this.assigned += 1); }

  /** The last write of this object that is still on its way. */
  pending(id: string): PendingWrite | undefined { return this.newest.get(id); }

  push(write: PendingWrite): void {
    if (!write.durable && !this.draining && write.revision <= this.reserved) { write.commit(); return; }
    this.newest.set(write.id, write);
    this.waiting.push(write);
    this.draining ??= this.drain();
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> { while (this.draining) await this.draining; }

  private async drain(): Promise<void> {
    await Promise.resolve(); // whoever writes in this very turn shares the batch
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, mostInBatch);
      try {
        await this.persist(batch);
        this.commit(batch);
      } catch (error) {
        this.commit(this.rollBack(batch, error));
      }
    }
    this.draining = undefined;
  }

  private async persist(batch: readonly PendingWrite[]): Promise<void> {
    const { journal, block } = this.options;
    const highest = batch.reduce((most, { revision }) => Math.max(most, revision), 0);
    const records: JournalRecord[] = batch.filter(({ durable }) => durable)
      .map(({ revision, id, object }) => (object ? { revision, key: id, object } : { revision, key: id }));
    // Early when a record is written anyway; a batch of memory alone costs a disk write only when the block is used up.
    const reserve = highest > this.reserved || (records.length > 0 && highest > this.reserved - block / 2) ? highest + block : this.reserved;
    if (reserve > this.reserved) records.push({ revision: reserve, key: '' });
    if (records.length > 0) await journal.append(records);
    this.reserved = reserve;
  }

  private commit(writes: readonly PendingWrite[]): void {
    for (const write of writes) {
      if (this.newest.get(write.id) === write) this.newest.delete(write.id);
      write.commit();
    }
  }

  /** Refuses what was to be journalled, and everything that was based on it. Returns what may still be committed. */
  private rollBack(batch: readonly PendingWrite[], error: unknown): readonly PendingWrite[] {
    const lost = new Set<string>();
    const refused: PendingWrite[] = [];
    const survives = (write: PendingWrite, submitted: boolean): boolean => {
      const fails = lost.has(write.id) || (submitted && (write.durable || write.revision > this.reserved));
      if (fails) { lost.add(write.id); refused.push(write); }
      return !fails;
    };
    const kept = batch.filter((write) => survives(write, true));
    this.waiting = this.waiting.filter((write) => survives(write, false));
    this.newest.clear();
    for (const write of [...kept, ...this.waiting]) this.newest.set(write.id, write);
    const seen = new Set<string>();
    for (const write of refused) {
      write.reject(seen.has(write.id) ? lostBase(write.resource, write.id.slice(write.id.lastIndexOf('/') + 1)) : notStored(error));
      seen.add(write.id);
    }
    return kept;
  }
}
