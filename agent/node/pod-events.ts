import type { EventReport } from '../../core/messaging/wire.js';
import { stamp } from '../decide/pod-status.js';
import type { DesiredPod } from '../decide/pod.js';
import type { Clock } from '../../core/contracts/clock.js';

type WireEvent = EventReport['events'][number];

/** Kept while offline; older ones give way. */
const maxQueued = 200;
const maxKnown = 500;
const maxMessage = 1024;

/** Events about pods, deduplicated where they happen: a repetition raises the count of the one that waits. */
export class PodEvents {
  readonly #clock: Clock;
  readonly #queued = new Map<string, WireEvent>();
  readonly #counts = new Map<string, { count: number; readonly first: string }>();
  #wake: () => void = () => undefined;

  constructor(clock: Clock) { this.#clock = clock; }

  /** Called when there is something to send. */
  onQueued(wake: () => void): void { this.#wake = wake; }

  normal(pod: DesiredPod, container: string, reason: string, message: string): void { this.#add(pod, container, { reason, message, type: 'Normal' }); }
  warning(pod: DesiredPod, container: string, reason: string, message: string): void { this.#add(pod, container, { reason, message, type: 'Warning' }); }

  /** Takes what waits. */
  take(max = 50): readonly WireEvent[] {
    const taken = [...this.#queued].slice(0, max);
    for (const [key] of taken) this.#queued.delete(key);
    return taken.map(([, event]) => event);
  }

  get size(): number { return this.#queued.size; }

  #add(pod: DesiredPod, container: string, { reason, message, type }: { readonly reason: string; readonly message: string; readonly type: string }): void {
    const text = message.length > maxMessage ? `${message.slice(0, maxMessage - 1)}…` : message;
    const key = [pod.uid, container, reason, text].join('\n');
    const now = stamp(this.#clock.now());
    const known = this.#counts.get(key) ?? { count: 0, first: now };
    known.count += 1;
    this.#counts.delete(key);
    this.#counts.set(key, known);
    if (this.#counts.size > maxKnown) this.#counts.delete(this.#counts.keys().next().value ?? '');
    if (!this.#queued.has(key) && this.#queued.size >= maxQueued) this.#queued.delete(this.#queued.keys().next().value ?? '');
    const fieldPath = container === '' ? {} : { fieldPath: `spec.${(pod.spec.initContainers ?? []).some(({ name }) => name === container) ? 'initContainers' : 'containers'}{${container}}` };
    this.#queued.set(key, { involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid, ...fieldPath }, reason, message: text, type, count: known.count, firstTimestamp: known.first, lastTimestamp: now });
    this.#wake();
  }
}
