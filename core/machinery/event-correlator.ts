import type { Event } from '../api/types.js';

/** What is recorded about one object, before it is counted. */
export interface Occurrence {
  readonly involvedObject: Event['involvedObject'];
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly source: string;
}

/** `identity` names the Event that stands for all equal occurrences; `message` may say that several were combined. */
export interface Correlation { readonly identity: string; readonly message: string }

/** k8s: client-go tools/record/events_cache.go */
const limits = { entries: 4096, similar: 10, similarWithinMs: 600_000, burst: 25, refillMs: 300_000 } as const;

/** A map that forgets what was used longest ago. */
class Recent<V> {
  private readonly entries = new Map<string, V>();

  get(key: string): V | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) { this.entries.delete(key); this.entries.set(key, value); }
    return value;
  }

  set(key: string, value: V): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > limits.entries) for (const oldest of this.entries.keys()) { this.entries.delete(oldest); break; }
  }
}

const keyOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);

/** Counts equal events, combines similar ones, and silences an object that makes too many. Bounded memory. */
export class EventCorrelator {
  private readonly similar = new Recent<{ readonly since: number; readonly messages: ReadonlySet<string> }>();
  private readonly tokens = new Recent<{ readonly left: number; readonly at: number }>();

  /** Undefined when this object has used up its share. `now`: ms, monotonic. */
  correlate(occurrence: Occurrence, now: number): Correlation | undefined {
    const { involvedObject: about, type, reason, message, source } = occurrence;
    const object = keyOf(source, about.apiVersion, about.kind, about.namespace, about.name, about.uid, about.fieldPath);
    if (!this.take(object, now)) return undefined;
    const group = keyOf(object, type, reason);
    return this.isOneOfMany(group, message, now)
      ? { identity: group, message: `(combined from similar events): ${message}` }
      : { identity: keyOf(group, message), message };
  }

  /** More than ten different messages of one reason within ten minutes become one event. */
  private isOneOfMany(group: string, message: string, now: number): boolean {
    const known = this.similar.get(group);
    const current = known && now - known.since <= limits.similarWithinMs ? known : { since: now, messages: new Set<string>() };
    const full = current.messages.size >= limits.similar;
    const messages = full || current.messages.has(message) ? current.messages : new Set([...current.messages, message]);
    this.similar.set(group, { since: current.since, messages });
    return full && !messages.has(message);
  }

  /** A bucket of 25 that gains one in five minutes. */
  private take(object: string, now: number): boolean {
    const bucket = this.tokens.get(object) ?? { left: limits.burst, at: now };
    const left = Math.min(limits.burst, bucket.left + (now - bucket.at) / limits.refillMs);
    this.tokens.set(object, { left: left < 1 ? left : left - 1, at: now });
    return left >= 1;
  }
}
