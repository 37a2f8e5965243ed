import { apiVersionOf, type Draft, type KubeObject, type Resource } from '../api/resource.js';
import { events } from '../api/resources.js';
import { isStatusError } from '../api/status-error.js';
import type { Event } from '../api/types.js';
import type { Client } from '../contracts/client.js';
import type { Clock } from '../contracts/clock.js';
import type { EventRecorder } from '../contracts/event-recorder.js';
import type { Log } from '../contracts/log.js';
import { EventCorrelator, type Occurrence } from './event-correlator.js';

export interface ClientEventRecorderOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
  /** The node this runs on; '' for the master. */
  readonly host?: string;
}

/** One Event object and what is still to be written of it. */
interface Tally {
  readonly namespace: string;
  readonly name: string;
  readonly occurrence: Occurrence;
  readonly first: string;
  message: string;
  last: string;
  count: number;
}

/** Events remembered for counting, and at most waiting to be written. More are dropped: an event is never worth the memory of the process. */
const most = 4096;

/** k8s: the longest message an Event may carry, core/validation ValidateEventCreate */
const longestMessage = 1024;

/** k8s times have no fractions: `2026-01-01T00:00:00Z` */
const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Writes Events over the client, one at a time; while one is being written, its repetitions add up. */
export class ClientEventRecorder implements EventRecorder {
  private readonly correlator = new EventCorrelator();
  private readonly tallies = new Map<string, Tally>();
  private readonly dirty = new Set<Tally>();
  private writing: Promise<void> | undefined;
  private serial = 0;

  constructor(private readonly options: ClientEventRecorderOptions) {}

  record<T extends KubeObject>(resource: Resource<T>, object: T, type: 'Normal' | 'Warning', reason: string, message: string, source: string): void {
    const { name, namespace, uid, resourceVersion } = object.metadata;
    const involvedObject = {
      apiVersion: apiVersionOf(resource), kind: resource.kind, name, uid, ...(namespace !== undefined && namespace !== '' && { namespace }),
    };
    const occurrence = { involvedObject, type, reason, message: message.slice(0, longestMessage - 40), source };
    const correlation = this.correlator.correlate(occurrence, this.options.clock.monotonic());
    if (!correlation || this.dirty.size >= most) return;
    const tally = this.tallies.get(correlation.identity) ?? this.begin({ ...occurrence, involvedObject: { ...involvedObject, resourceVersion } });
    tally.count += 1;
    tally.message = correlation.message;
    tally.last = time(this.options.clock.now());
    this.remember(correlation.identity, tally);
    this.dirty.add(tally);
    this.writing ??= this.drain();
  }

  /** Resolves when everything recorded so far is written or given up. */
  async flush(): Promise<void> { while (this.writing) await this.writing; }

  private begin(occurrence: Occurrence): Tally {
    const now = this.options.clock.now();
    // client-go: the object's name and the time in nanoseconds; the serial keeps names of one millisecond apart.
    const suffix = (BigInt(Math.trunc(now)) * 1_000_000n + BigInt((this.serial += 1) % 1_000_000)).toString(16);
    const { name = '', namespace = 'default' } = occurrence.involvedObject;
    return { namespace, name: `${name.slice(0, 230)}.${suffix}`, occurrence, first: time(now), message: occurrence.message, last: time(now), count: 0 };
  }

  private remember(identity: string, tally: Tally): void {
    this.tallies.delete(identity);
    this.tallies.set(identity, tally);
    if (this.tallies.size > most) for (const oldest of this.tallies.keys()) { this.tallies.delete(oldest); break; }
  }

  private async drain(): Promise<void> {
    await Promise.resolve();
    for (const tally of this.dirty) {
      this.dirty.delete(tally);
      try {
        await this.write(tally);
      } catch (error) {
        this.options.log.debug('event not written', { event: tally.name, namespace: tally.namespace, reason: tally.occurrence.reason, error });
      }
    }
    this.writing = undefined;
  }

  private async write(tally: Tally): Promise<void> {
    const { client } = this.options;
    const stored = client.get(events, { namespace: tally.namespace, name: tally.name });
    if (!stored) { await client.create(events, this.render(tally)); return; }
    const { resourceVersion: _, ...metadata } = stored.metadata;
    try {
      await client.update(events, { ...stored, metadata: { ...metadata, resourceVersion: '' }, message: tally.message, count: tally.count, lastTimestamp: tally.last });
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
      await client.create(events, this.render(tally)); // expired in between
    }
  }

  private render({ namespace, name, occurrence, first, last, message, count }: Tally): Draft<Event> {
    const { involvedObject, type, reason, source } = occurrence;
    const host = this.options.host ?? '';
    return {
      apiVersion: 'v1', kind: 'Event', metadata: { namespace, name }, involvedObject, reason, message, type, count,
      source: { component: source, ...(host !== '' && { host }) }, firstTimestamp: first, lastTimestamp: last,
      reportingComponent: source, reportingInstance: host,
    };
  }
}
