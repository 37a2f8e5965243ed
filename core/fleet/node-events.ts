import { events } from '../api/resources.js';
import type { Event } from '../api/types.js';
import { isStatusError } from '../api/status-error.js';
import type { Client, Clock, Log, Random } from '../contracts/index.js';
import type { EventReport } from '../messaging/wire.js';

/** Events a node may send at once, and how many it earns a second. */
const bucket = { burst: 200, perSecond: 2 };
/** Events remembered for counting up. */
const maxKnown = 4096;

/** Brings the events of nodes into Event objects. The node counts repetitions; the same event is updated, not written again. */
export class NodeEvents {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  readonly #known = new Map<string, { readonly namespace: string; readonly name: string }>();
  readonly #tokens = new Map<string, { tokens: number; at: number }>();

  constructor(options: { readonly client: Client; readonly clock: Clock; readonly random: Random; readonly log: Log }) {
    this.#client = options.client;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#log = options.log;
  }

  accept(node: string, report: EventReport): void {
    for (const event of report.events) {
      if (!this.#spend(node)) { this.#log.debug('events dropped', { node }); return; }
      void this.#write(node, event).catch((error: unknown) => { if (!isStatusError(error)) this.#log.warn('event not stored', { node, error: String(error) }); });
    }
  }

  #spend(node: string): boolean {
    const now = this.#clock.monotonic();
    const held = this.#tokens.get(node) ?? { tokens: bucket.burst, at: now };
    const tokens = Math.min(bucket.burst, held.tokens + ((now - held.at) / 1000) * bucket.perSecond);
    this.#tokens.set(node, { tokens: Math.max(0, tokens - 1), at: now });
    return tokens >= 1;
  }

  async #write(node: string, event: EventReport['events'][number]): Promise<void> {
    const about = event.involvedObject;
    const namespace = about.namespace ?? 'default';
    const key = [node, about.uid ?? about.name ?? '', about.fieldPath ?? '', event.reason, event.message].join('\n');
    const known = this.#known.get(key);
    const existing = known && this.#client.get(events, known);
    const times = { firstTimestamp: event.firstTimestamp ?? now(this.#clock), lastTimestamp: event.lastTimestamp ?? now(this.#clock), count: event.count ?? 1 };
    if (existing) {
      await this.#client.update(events, { ...existing, lastTimestamp: times.lastTimestamp, count: Math.max((existing.count ?? 1) + 1, times.count) });
      return;
    }
    const name = `${(about.name ?? node).slice(0, 200)}.${this.#random.uuid().replaceAll('-', '').slice(0, 16)}`;
    if (this.#known.size >= maxKnown) this.#known.delete(this.#known.keys().next().value ?? '');
    this.#known.set(key, { namespace, name });
    const draft: Omit<Event, 'metadata'> = { ...pick(event), ...times, source: { component: 'kubelet', host: node }, reportingComponent: 'kubelet', reportingInstance: node };
    await this.#client.create(events, { ...draft, metadata: { name, namespace } });
  }
}

const now = (clock: Clock): string => new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z');

const pick = ({ involvedObject: { apiVersion, kind, namespace, name, uid, fieldPath }, reason, message, type }: EventReport['events'][number]): Omit<Event, 'metadata'> => ({
  involvedObject: Object.fromEntries(Object.entries({ apiVersion, kind, namespace, name, uid, fieldPath }).filter(([, value]) => typeof value === 'string')),
  ...(reason === undefined ? {} : { reason }), ...(message === undefined ? {} : { message }), type: type === 'Warning' ? 'Warning' : 'Normal',
});
