import type { Change } from '../contracts/object-store.js';
import type { Subscription } from '../contracts/subscription.js';
import { expired } from './refusals.js';

export type ChangeListener = (change: Change) => void;

interface Watcher { readonly listener: ChangeListener; seen: number }

/** The last changes of one resource, and who wants to know of the next. */
export class WatchLog {
  /** A ring once it is full: `changes[start]` is the oldest. */
  private readonly changes: Change[] = [];
  private start = 0;
  private readonly watchers = new Set<Watcher>();

  /** @param reaches every change after this revision is still known. */
  constructor(private reaches: number, private readonly capacity: number, private readonly onThrow: (error: unknown) => void) {}

  append(change: Change): void {
    if (this.changes.length < this.capacity) {
      this.changes.push(change);
    } else {
      this.reaches = this.at(0).revision;
      this.changes[this.start] = change;
      this.start = (this.start + 1) % this.capacity;
    }
    for (const watcher of this.watchers) this.tell(watcher, change);
  }

  /** Tells what was missed at once, then every change as it comes. Throws Expired. */
  watch(since: number, listener: ChangeListener): Subscription {
    if (since < this.reaches) throw expired(since, this.reaches);
    const watcher: Watcher = { listener, seen: since };
    this.watchers.add(watcher);
    for (let index = this.firstAfter(since); index < this.changes.length && this.watchers.has(watcher); index += 1) this.tell(watcher, this.at(index));
    return { stop: () => { this.watchers.delete(watcher); } };
  }

  /** Each watcher gets each change once, also one that began to watch while this change was being told. */
  private tell(watcher: Watcher, change: Change): void {
    if (change.revision <= watcher.seen) return;
    watcher.seen = change.revision;
    try {
      watcher.listener(change);
    } catch (error) {
      this.onThrow(error);
    }
  }

  private at(index: number): Change { return this.changes[(this.start + index) % this.changes.length] as Change; }

  private firstAfter(since: number): number {
    let low = 0;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle).revision <= since) low = middle + 1; else high = middle;
    }
    return low;
  }
}
