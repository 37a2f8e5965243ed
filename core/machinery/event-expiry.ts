import { events } from '../api/resources.js';
import { isStatusError } from '../api/status-error.js';
import type { Event } from '../api/types.js';
import type { Client } from '../contracts/client.js';
import type { Clock, Timer } from '../contracts/clock.js';
import type { Lifecycle } from '../contracts/lifecycle.js';
import type { Log } from '../contracts/log.js';

/** k8s: kube-apiserver --event-ttl */
const lifetime = 3_600_000;
const interval = 300_000;

/** When it last happened, ms since 1970; undefined when the event does not say. */
function lastSeen({ lastTimestamp, eventTime, series, metadata }: Event): number | undefined {
  const times = [series?.lastObservedTime, lastTimestamp, eventTime, metadata.creationTimestamp].map((text) => Date.parse(text ?? '')).filter((ms) => !Number.isNaN(ms));
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** Events that were last seen more than an hour before `now`. */
export const expiredEvents = (all: readonly Event[], now: number): readonly Event[] =>
  all.filter((event) => now - (lastSeen(event) ?? 0) > lifetime);

/** Removes Events an hour after they last happened. */
export class EventExpiry implements Lifecycle {
  private timer: Timer | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(private readonly options: { readonly client: Client; readonly clock: Clock; readonly log: Log }) {}

  async start(): Promise<void> { this.arm(); }

  async stop(): Promise<void> {
    this.timer?.cancel();
    this.timer = undefined;
    await this.sweeping;
  }

  private arm(): void {
    this.timer = this.options.clock.after(interval, () => {
      this.arm();
      this.sweeping = this.sweeping.then(() => this.sweep());
    }, true);
  }

  private async sweep(): Promise<void> {
    const { client, clock, log } = this.options;
    for (const { metadata: { namespace, name } } of expiredEvents(client.list(events), clock.now())) {
      try {
        await client.delete(events, { ...(namespace !== undefined && { namespace }), name });
      } catch (error) {
        if (!isStatusError(error, 'NotFound')) log.warn('event not removed', { namespace, name, error });
      }
      if (this.timer === undefined) return;
    }
  }
}
