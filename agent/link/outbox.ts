import type { PodStatus } from '../../core/api/types.js';

export interface WaitingReport { readonly uid: string; readonly namespace: string; readonly name: string; /** Undefined: gone. */ readonly status: PodStatus | undefined }

/** What the master has not heard of yet: the newest report of each pod and no more, however long the link is down. */
export class Outbox {
  readonly #waiting = new Map<string, WaitingReport>();

  put(report: WaitingReport): void { this.#waiting.delete(report.uid); this.#waiting.set(report.uid, report); }

  /** The oldest, still held until `sent`. */
  next(): WaitingReport | undefined { return this.#waiting.values().next().value; }

  /** The master has it, unless a newer one has taken its place meanwhile. */
  sent(report: WaitingReport): void { if (this.#waiting.get(report.uid) === report) this.#waiting.delete(report.uid); }

  get size(): number { return this.#waiting.size; }
}
