import type { Clock, ContainerRuntime, Link, LogLine, Log } from '../../core/contracts/index.js';
import { receive } from '../../core/messaging/messages.js';
import { decodeCredit, decodeFrame, encodeError, encodeFrame, initialWindow, maxFrameBytes, type Frame, type FrameType, type StreamError } from '../../core/messaging/stream-frames.js';
import type { LogsRequest } from '../../core/messaging/wire.js';
import { BulkLink } from './bulk-link.js';

/** Streams a node serves at a time. */
const maxStreams = 64;

export interface LogTarget { readonly runtime: ContainerRuntime; readonly containerId: string }

export interface LogServerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly bulk: BulkLink;
  /** For the end of a stream whose bulk connection broke. */
  readonly control: () => Link | undefined;
  /** Which run of which container; a StreamError when there is none. */
  readonly find: (request: LogsRequest) => Promise<LogTarget | StreamError>;
}

/** One stream being served: sends while it has credit. */
class ServedStream {
  readonly abort = new AbortController();
  #window = initialWindow;
  #sent = 0;
  #expected = 0;
  #wake: (() => void) | undefined;

  constructor(readonly topic: string) {}

  /** False for a frame out of its turn. */
  accepts({ counter }: Frame): boolean { return counter === this.#expected++; }
  credit(bytes: number): void { this.#window += Math.min(bytes, initialWindow); this.#wake?.(); }
  cancel(): void { this.abort.abort(); this.#wake?.(); }

  frame(type: FrameType, payload?: Buffer): Buffer { return encodeFrame(type, this.#sent++, payload); }

  /** Bytes that may be sent now; waits for some. 0 when cancelled. */
  async room(): Promise<number> {
    while (this.#window <= 0 && !this.abort.signal.aborted) await new Promise<void>((resolve) => { this.#wake = resolve; });
    return this.abort.signal.aborted ? 0 : this.#window;
  }
  spend(bytes: number): void { this.#window -= bytes; }
}

const newline = Buffer.from('\n');

/** A line as `kubectl logs` shows it. */
export const lineBytes = ({ time, text, partial }: LogLine, timestamps: boolean): Buffer =>
  Buffer.concat([...(timestamps ? [Buffer.from(`${time === '' ? '1970-01-01T00:00:00Z' : time} `)] : []), text, ...(partial === true ? [] : [newline])]);

/** Serves logs over the bulk connection. Credit from the master bounds what is under way, so a slow reader costs no memory. */
export class LogServer {
  readonly #options: LogServerOptions;
  readonly #streams = new Map<string, ServedStream>();

  constructor(options: LogServerOptions) { this.#options = options; }

  /** A frame that came down. `up` is the topic of the answers. */
  receive(id: string, up: string, payload: Buffer): void {
    const frame = decodeFrame(payload);
    if (frame === undefined) return;
    const known = this.#streams.get(id);
    if (known === undefined) { if (frame.type === 'open' && frame.counter === 0) this.#open(id, up, frame.payload); return; }
    if (!known.accepts(frame) || frame.type === 'close') { known.cancel(); return; }
    if (frame.type === 'credit') known.credit(decodeCredit(frame.payload));
  }

  close(): void { for (const stream of this.#streams.values()) stream.cancel(); }

  #open(id: string, up: string, payload: Buffer): void {
    const stream = new ServedStream(up);
    stream.accepts({ type: 'open', counter: 0, payload });
    this.#streams.set(id, stream);
    this.#options.bulk.acquire();
    void this.#serve(stream, payload).catch((error: unknown) => this.#fail(stream, { reason: 'InternalError', message: error instanceof Error ? error.message : String(error) }))
      .finally(() => { this.#streams.delete(id); this.#options.bulk.release(); });
  }

  async #serve(stream: ServedStream, payload: Buffer): Promise<void> {
    const request = receive('logs', payload);
    if (!request.ok) return this.#fail(stream, { reason: 'BadRequest', message: request.reason });
    if (this.#streams.size > maxStreams) return this.#fail(stream, { reason: 'InternalError', message: `the node serves ${String(maxStreams)} streams already` });
    const target = await this.#options.find(request.value);
    if ('reason' in target) return this.#fail(stream, target);
    await this.#send(stream, 'accepted');
    await this.#copy(stream, target, request.value);
    await this.#send(stream, 'end');
  }

  async #copy(stream: ServedStream, { runtime, containerId }: LogTarget, request: LogsRequest): Promise<void> {
    let left = request.limitBytes ?? Number.POSITIVE_INFINITY;
    let batch: Buffer[] = [];
    let size = 0;
    const flush = async (): Promise<void> => { const bytes = Buffer.concat(batch); batch = []; size = 0; await this.#data(stream, bytes); };
    const lines = runtime.logs(containerId, { follow: request.follow, ...(request.tailLines === undefined ? {} : { tailLines: request.tailLines }), ...(request.since === undefined ? {} : { since: request.since }) }, stream.abort.signal)[Symbol.asyncIterator]();
    for (let next = lines.next(); ;) {
      // What is there goes out together; a follower does not wait for a full frame.
      const line = await Promise.race([next, ...(size > 0 ? [this.#pause()] : [])]);
      if (line === undefined) { await flush(); continue; }
      if (line.done === true || stream.abort.signal.aborted) break;
      const bytes = lineBytes(line.value, request.timestamps).subarray(0, left);
      left -= bytes.length;
      batch.push(bytes);
      size += bytes.length;
      if (size >= maxFrameBytes) await flush();
      if (left <= 0) break;
      next = lines.next();
    }
    await flush();
    await lines.return?.();
  }

  #pause(): Promise<undefined> { return new Promise((resolve) => { this.#options.clock.after(5, () => { resolve(undefined); }); }); }

  async #data(stream: ServedStream, bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const room = await stream.room();
      if (room <= 0) return;
      const chunk = bytes.subarray(at, at + Math.min(room, maxFrameBytes));
      stream.spend(chunk.length);
      at += chunk.length;
      await this.#send(stream, 'data', chunk);
    }
  }

  async #send(stream: ServedStream, type: FrameType, payload?: Buffer): Promise<void> {
    const link = await this.#options.bulk.link();
    await link.publish(stream.topic, stream.frame(type, payload), { qos: 0 });
  }

  async #fail(stream: ServedStream, error: StreamError): Promise<void> {
    const link = await this.#options.bulk.link().catch(() => this.#options.control());
    await link?.publish(stream.topic, stream.frame('error', encodeError(error)), { qos: 0 }).catch(() => undefined);
  }
}
