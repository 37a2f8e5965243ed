import type { ServerResponse } from 'node:http';
import type { KubeObject } from '../../api/resource.js';
import { isStatusError } from '../../api/status-error.js';
import type { Change, Clock, ObjectStore, Subscription, Timer } from '../../contracts/index.js';
import { drained } from '../http/reply.js';
import { failure } from '../http/status-body.js';
import type { Selection } from '../selectors/selection.js';
import { changesSince } from '../verbs/snapshot.js';
import { watchEvent, type WatchEvent, type WatchPlan } from '../verbs/watch.js';
import type { EventEncoder, WatchStyle } from './event-encoder.js';

/** Bytes a watcher may be behind before it is cut: it then comes back with its last revision. */
export const mostBehind = 4 * 1024 * 1024;
/** k8s: one bookmark a minute. */
const bookmarkMs = 60_000;

export interface WatchStreamOptions {
  readonly plan: WatchPlan;
  readonly selection: Selection;
  readonly style: WatchStyle;
  readonly bookmarks: boolean;
  /** ms after which the server ends the watch. */
  readonly timeoutMs: number;
}

export interface WatchTools {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly encoder: EventEncoder;
}

/**
 * One watch over HTTP. What has already happened is written only as fast as the client reads; then it goes live, and a client that
 * falls behind is cut rather than buffered.
 */
export class WatchStream {
  readonly #response: ServerResponse;
  readonly #tools: WatchTools;
  readonly #options: WatchStreamOptions;
  readonly #ends: (() => void)[] = [];
  #bookmark: Timer | undefined;
  #first = true;
  #ended = false;
  /** Everything up to here was told. */
  #at: number;

  constructor(response: ServerResponse, tools: WatchTools, options: WatchStreamOptions) {
    this.#response = response;
    this.#tools = tools;
    this.#options = options;
    this.#at = options.plan.since;
  }

  /** Resolves when it is live, or over. Headers must be written already. */
  async run(): Promise<void> {
    const { plan, selection, style, timeoutMs } = this.#options;
    const { store, clock, encoder } = this.#tools;
    this.#response.on('close', () => { this.end(); });
    const deadline = clock.after(timeoutMs, () => { this.end(); }, true);
    this.#ends.push(() => { deadline.cancel(); });
    // Taken now, in the same moment as the revision they belong to.
    const initial = plan.replay ? store.list(selection.kind.resource, selection.query).filter(selection.matches) : [];
    for (const object of initial) await this.#write({ type: 'ADDED', object });
    if (plan.markEnd) await this.#send(encoder.bookmark(style, this.#at, true));
    await this.#catchUp();
  }

  /** Ends the stream politely; the client may watch again. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const end of this.#ends) end();
    this.#response.end();
  }

  onEnd(run: () => void): void { this.#ends.push(run); }

  async #catchUp(): Promise<void> {
    const { store } = this.#tools;
    const { resource } = this.#options.selection.kind;
    try {
      while (!this.#ended) {
        const missed = changesSince(store, resource, this.#at);
        if (missed.length === 0) { this.#goLive(store.watch(resource, this.#at, (change) => { this.#onChange(change); })); return; }
        for (const change of missed) {
          const event = watchEvent(change, this.#options.selection.matches);
          if (event !== undefined) await this.#write(event);
          this.#at = change.revision;
        }
      }
    } catch (error) {
      if (!isStatusError(error)) throw error;
      await this.#send(this.#tools.encoder.error(failure(error)));
      this.end();
    }
  }

  #goLive(subscription: Subscription): void {
    this.#ends.push(() => { subscription.stop(); });
    if (!this.#options.bookmarks) return;
    this.#bookmarkLater();
    this.#ends.push(() => { this.#bookmark?.cancel(); });
  }

  #bookmarkLater(): void {
    this.#bookmark = this.#tools.clock.after(bookmarkMs, () => {
      this.#push(this.#tools.encoder.bookmark(this.#options.style, this.#tools.store.revision(), false));
      if (!this.#ended) this.#bookmarkLater();
    }, true);
  }

  #onChange(change: Change<KubeObject>): void {
    const event = watchEvent(change, this.#options.selection.matches);
    if (event !== undefined && !this.#ended) this.#push(this.#line(event));
  }

  #line(event: WatchEvent): Buffer {
    const first = this.#first;
    this.#first = false;
    return this.#tools.encoder.event(event, this.#options.style, first);
  }

  /** Live: never waits, and never piles up. */
  #push(line: Buffer): void {
    if (this.#ended) return;
    this.#response.write(line);
    if (this.#response.writableLength > mostBehind) { this.#response.destroy(); this.end(); }
  }

  #write(event: WatchEvent): Promise<void> | undefined { return this.#ended ? undefined : this.#send(this.#line(event)); }

  /** Not live yet: as fast as the client reads. */
  #send(line: Buffer): Promise<void> | undefined {
    if (this.#ended || this.#response.write(line)) return undefined;
    return drained(this.#response);
  }
}
