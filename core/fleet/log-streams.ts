import { StatusError } from '../api/status-error.js';
import type { Pod } from '../api/types.js';
import type { Clock, Link, PodLogOptions, PodLogs, Random, Timer } from '../contracts/index.js';
import { decodeError, decodeFrame, encodeCredit, encodeFrame, type Frame, type FrameType } from '../messaging/stream-frames.js';
import { topics } from '../messaging/topics.js';
import type { LogsRequest } from '../messaging/wire.js';

/** How long a node may take to answer an `open`. */
const acceptMs = 10_000;
/** Credit is given back in pieces of this size. */
const creditStep = 64 * 1024;

interface StreamOptions { readonly node: string; readonly id: string; readonly send: (frame: Buffer) => void; readonly clock: Clock; readonly ended: () => void }

/** The master's end of one stream: an async iterable that gives credit as it is read. */
class IncomingStream implements AsyncIterable<Buffer> {
  readonly accepted: Promise<void>;
  readonly #options: StreamOptions;
  readonly #chunks: Buffer[] = [];
  readonly #timer: Timer;
  #accept: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #wake: (() => void) | undefined;
  #ended = false;
  #error: Error | undefined;
  #expected = 0;
  #sent = 0;
  #owed = 0;

  constructor(options: StreamOptions, request: LogsRequest) {
    this.#options = options;
    this.accepted = new Promise((resolve, reject) => { this.#accept = { resolve, reject }; });
    this.#timer = options.clock.after(acceptMs, () => { this.fail(new StatusError('ServiceUnavailable', `node ${options.node} did not answer in ${String(acceptMs / 1000)} s`)); });
    this.#send('open', Buffer.from(JSON.stringify(request), 'utf8'));
  }

  get node(): string { return this.#options.node; }

  receive({ type, counter, payload }: Frame): void {
    if (this.#ended) return;
    if (counter !== this.#expected) { this.fail(new Error(`the stream from node ${this.node} lost a part of its data`)); return; }
    this.#expected += 1;
    switch (type) {
      case 'accepted': this.#settle(); return;
      case 'data': this.#settle(); this.#chunks.push(Buffer.from(payload)); this.#wake?.(); return;
      case 'end': this.#settle(); this.#finish(); return;
      case 'error': { const { reason, message } = decodeError(payload); this.fail(new StatusError(reason, message)); return; }
      default: this.fail(new Error(`node ${this.node} sent a frame that only the master sends`));
    }
  }

  /** Breaks the stream: whoever reads it gets the error after what has come. */
  fail(error: Error): void {
    if (this.#ended) return;
    this.#error = error;
    this.#accept?.reject(error);
    this.#accept = undefined;
    this.#send('close');
    this.#finish();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const chunk = this.#chunks.shift();
        if (chunk !== undefined) { yield chunk; this.#repay(chunk.length); continue; }
        if (this.#error) throw this.#error;
        if (this.#ended) return;
        await new Promise<void>((resolve) => { this.#wake = resolve; });
      }
    } finally { this.close(); }
  }

  /** The reader has gone away. */
  close(): void {
    if (this.#ended) return;
    this.#send('close');
    this.#finish();
  }

  #repay(bytes: number): void {
    this.#owed += bytes;
    if (this.#ended || this.#owed < creditStep) return;
    this.#send('credit', encodeCredit(this.#owed));
    this.#owed = 0;
  }

  #settle(): void { this.#timer.cancel(); this.#accept?.resolve(); this.#accept = undefined; }
  #finish(): void { this.#timer.cancel(); this.#ended = true; this.#wake?.(); this.#options.ended(); }
  #send(type: FrameType, payload?: Buffer): void { this.#options.send(encodeFrame(type, this.#sent, payload)); this.#sent += 1; }
}

export interface LogStreamOptions { readonly cluster: string; readonly master: string; readonly clock: Clock; readonly random: Random; readonly isOnline: (node: string) => boolean }

/** Logs through the wire, many at a time. */
export class LogStreams implements PodLogs {
  readonly #options: LogStreamOptions;
  readonly #streams = new Map<string, IncomingStream>();
  #link: Link | undefined;

  constructor(options: LogStreamOptions) { this.#options = options; }

  /** Filter of what nodes send up to this master. */
  get filter(): string { return topics.stream(this.#options.cluster, '+', this.#options.master, '+', 'up'); }

  start(link: Link): void { this.#link = link; }

  receive(node: string, id: string, payload: Buffer): void {
    const stream = this.#streams.get(id);
    const frame = stream?.node === node ? decodeFrame(payload) : undefined;
    if (frame) stream?.receive(frame);
  }

  /** The node is gone: its streams are broken, not ended. */
  lost(node: string): void {
    for (const stream of this.#streams.values()) if (stream.node === node) stream.fail(new StatusError('ServiceUnavailable', `the connection to node ${node} was lost`));
  }

  async open(pod: Pod, options: PodLogOptions, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const { cluster, master, clock, random, isOnline } = this.#options;
    const node = pod.spec.nodeName ?? '';
    if (!isOnline(node)) throw new StatusError('ServiceUnavailable', `node ${node} is not connected: its logs cannot be read until it returns`);
    const id = random.uuid();
    const topic = topics.stream(cluster, node, master, id, 'down');
    const send = (frame: Buffer): void => { this.#link?.publish(topic, frame, { qos: 0 }).catch(() => undefined); };
    const stream = new IncomingStream({ node, id, send, clock, ended: () => { this.#streams.delete(id); } }, { kind: 'logs', uid: pod.metadata.uid, ...options });
    this.#streams.set(id, stream);
    signal.addEventListener('abort', () => { stream.close(); }, { once: true });
    await stream.accepted;
    return stream;
  }
}
