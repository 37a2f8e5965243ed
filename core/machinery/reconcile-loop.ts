import { isStatusError } from '../api/status-error.js';
import type { Client } from '../contracts/client.js';
import type { Clock } from '../contracts/clock.js';
import { TerminalError, type Controller, type ReconcileResult } from '../contracts/controller.js';
import type { Lifecycle } from '../contracts/lifecycle.js';
import type { Log } from '../contracts/log.js';
import type { Subscription } from '../contracts/subscription.js';
import type { Backoff } from './backoff.js';
import { WorkQueue } from './work-queue.js';

export interface ReconcileLoopOptions {
  readonly controller: Controller;
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
  readonly backoff?: Backoff;
}

type Outcome =
  | { readonly kind: 'done'; readonly result: ReconcileResult }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'terminal'; readonly error: TerminalError };

/** Runs one controller over the client's watches. The only place that knows of retries and back-off. */
export class ReconcileLoop implements Lifecycle {
  private readonly queue: WorkQueue;
  private readonly log: Log;
  private readonly subscriptions: Subscription[] = [];

  constructor(private readonly options: ReconcileLoopOptions) {
    const { controller, clock, backoff } = options;
    this.log = options.log.with({ controller: controller.name });
    this.queue = new WorkQueue({ clock, workers: controller.workers ?? 1, work: (key) => this.work(key), ...(backoff && { backoff }) });
  }

  async start(): Promise<void> {
    for (const watch of this.options.controller.watches) {
      this.subscriptions.push(this.options.client.watch(watch.resource, (change) => {
        for (const key of watch.keys(change)) this.queue.add(key);
      }));
    }
  }

  /** Resolves when no reconcile runs any more. */
  async stop(): Promise<void> {
    for (const subscription of this.subscriptions.splice(0)) subscription.stop();
    await this.queue.stop();
  }

  /** Asks for one key from outside the watches: a timer, a webhook, a test. */
  enqueue(key: string): void { this.queue.add(key); }

  private async work(key: string): Promise<void> {
    this.settle(key, await this.attempt(key));
  }

  private async attempt(key: string): Promise<Outcome> {
    try {
      return { kind: 'done', result: (await this.options.controller.reconcile(key)) ?? {} };
    } catch (error) {
      return error instanceof TerminalError ? { kind: 'terminal', error } : { kind: 'failed', error };
    }
  }

  private settle(key: string, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'done':
        this.queue.forget(key);
        if (outcome.result.requeueAfterMs !== undefined) this.queue.addAfter(key, outcome.result.requeueAfterMs);
        return;
      case 'terminal':
        this.queue.forget(key);
        this.log.error('reconcile failed for good', { key, error: outcome.error });
        return;
      case 'failed': {
        const retryInMs = this.queue.addRateLimited(key);
        // A conflict only says that somebody else was quicker: the normal way two controllers meet.
        const level = isStatusError(outcome.error, 'Conflict') ? 'debug' : 'warn';
        this.log[level]('reconcile failed', { key, error: outcome.error, retryInMs, failures: this.queue.retries(key) });
        return;
      }
      default: outcome satisfies never;
    }
  }
}
