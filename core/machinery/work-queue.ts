import type { Clock, Timer } from '../contracts/clock.js';
import { controllerBackoff, exponentialDelay, type Backoff } from './backoff.js';

/** How long keys may be worked off without giving way to the event loop, ms. */
const slice = 10;

export interface WorkQueueOptions {
  readonly clock: Clock;
  /** Keys at a time. Default 1. */
  readonly workers?: number;
  /** Works one key. Must not reject: whoever gives it decides about retries. */
  readonly work: (key: string) => Promise<void>;
  readonly backoff?: Backoff;
}

/**
 * Keys to be worked. A key waits once however often it is added, is never worked twice at a time, and when added while being worked
 * is worked once more afterwards. k8s: client-go workqueue
 */
export class WorkQueue {
  private readonly waiting = new Set<string>();
  private readonly working = new Set<string>();
  private readonly again = new Set<string>();
  private readonly delayed = new Map<string, { readonly at: number; readonly timer: Timer }>();
  private readonly failures = new Map<string, number>();
  private readonly idle: (() => void)[] = [];
  private pumping = false;
  private stopped = false;

  constructor(private readonly options: WorkQueueOptions) {}

  /** Never works anything before the caller has returned. */
  add(key: string): void {
    if (this.stopped) return;
    if (this.working.has(key)) { this.again.add(key); return; }
    this.waiting.add(key);
    this.pumpSoon();
  }

  /** Adds in `ms`. Of several delays for one key the earliest counts. */
  addAfter(key: string, ms: number): void {
    if (this.stopped) return;
    const at = this.options.clock.monotonic() + ms;
    const armed = this.delayed.get(key);
    if (armed && armed.at <= at) return;
    armed?.timer.cancel();
    const timer = this.options.clock.after(ms, () => { this.delayed.delete(key); this.add(key); });
    this.delayed.set(key, { at, timer });
  }

  /** Adds after a delay that doubles with each call until {@link forget}. Returns the delay, ms. */
  addRateLimited(key: string): number {
    const attempt = this.failures.get(key) ?? 0;
    this.failures.set(key, attempt + 1);
    const delay = exponentialDelay(attempt, this.options.backoff ?? controllerBackoff);
    this.addAfter(key, delay);
    return delay;
  }

  /** The key did well: its next failure starts from the shortest delay. */
  forget(key: string): void { this.failures.delete(key); }

  /** Failures in a row. */
  retries(key: string): number { return this.failures.get(key) ?? 0; }

  /** Keys waiting or being worked; delayed ones do not count. */
  get size(): number { return this.waiting.size + this.working.size; }

  /** Drops what waits; resolves when what is being worked has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.delayed.values()) timer.cancel();
    this.delayed.clear();
    this.waiting.clear();
    this.again.clear();
    if (this.working.size > 0) await new Promise<void>((resolve) => { this.idle.push(resolve); });
  }

  private pumpSoon(): void {
    if (this.pumping) return;
    this.pumping = true;
    queueMicrotask(() => { this.pump(this.options.clock.monotonic()); });
  }

  private pump(since: number): void {
    this.pumping = false;
    for (const key of this.waiting) {
      if (this.working.size >= (this.options.workers ?? 1)) return;
      if (this.options.clock.monotonic() - since > slice) { this.giveWay(); return; }
      this.waiting.delete(key);
      this.working.add(key);
      void this.run(key, since);
    }
  }

  private async run(key: string, since: number): Promise<void> {
    try {
      await this.options.work(key);
    } finally {
      this.working.delete(key);
      if (this.again.delete(key)) this.waiting.add(key);
      if (this.working.size === 0) for (const resolve of this.idle.splice(0)) resolve();
      if (this.waiting.size > 0 && !this.pumping) this.pump(since);
    }
  }

  private giveWay(): void {
    this.pumping = true;
    this.options.clock.after(0, () => { this.pump(this.options.clock.monotonic()); });
  }
}
