import type { Lifecycle } from '../contracts/lifecycle.js';
import type { Log } from '../contracts/log.js';

export interface NamedPart { readonly name: string; readonly part: Partial<Lifecycle> }

/**
 * Starts parts one after another and stops them in reverse, each awaited: what a part was built on outlives it.
 * A start that fails stops what was started and rejects with the reason.
 */
export class OrderedStart implements Lifecycle {
  private readonly started: NamedPart[] = [];
  private starting: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;

  constructor(private readonly parts: readonly NamedPart[], private readonly log: Log) {}

  start(): Promise<void> { return (this.starting ??= this.startAll()); }

  /** Also while starting: waits for the part that is just starting, then stops. A part that fails to stop does not keep the others from it. */
  stop(): Promise<void> {
    this.stopping ??= (this.starting ?? Promise.resolve()).catch(() => undefined).then(() => this.stopAll());
    return this.stopping;
  }

  private async startAll(): Promise<void> {
    for (const named of this.parts) {
      if (this.stopping) return;
      try {
        await named.part.start?.();
      } catch (error) {
        await this.stopAll().catch(() => undefined); // already logged; the reason of the failed start is the one to tell
        throw error;
      }
      this.started.push(named);
      this.log.debug('started', { part: named.name });
    }
  }

  private async stopAll(): Promise<void> {
    const errors: unknown[] = [];
    for (let named = this.started.pop(); named; named = this.started.pop()) {
      try {
        await named.part.stop?.();
        this.log.debug('stopped', { part: named.name });
      } catch (error) {
        this.log.error('could not stop', { part: named.name, error });
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
