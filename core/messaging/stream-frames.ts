/**
 * Frames of a stream, one MQTT message each: type (1 byte), counter of its direction (4 bytes, big-endian, from 0, +1 each), payload.
 * `open` `credit` and `close` go down; `accepted` `data` `end` and `error` go up. A gap or a repetition in the counter breaks the stream.
 */
export const frameTypes = { open: 1, accepted: 2, data: 3, credit: 4, end: 5, error: 6, close: 7 } as const;
export type FrameType = keyof typeof frameTypes;

export interface Frame { readonly type: FrameType; readonly counter: number; readonly payload: Buffer }

/** Largest payload of one frame. */
export const maxFrameBytes = 32 * 1024;
/** Bytes of data a sender may have under way before the first `credit`. */
export const initialWindow = 256 * 1024;

const names = new Map<number, FrameType>(Object.entries(frameTypes).map(([type, id]) => [id, type as FrameType]));

export function encodeFrame(type: FrameType, counter: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const frame = Buffer.allocUnsafe(5 + payload.length);
  frame[0] = frameTypes[type];
  frame.writeUInt32BE(counter, 1);
  frame.set(payload, 5);
  return frame;
}

/** Undefined for what is no frame. */
export function decodeFrame(message: Buffer): Frame | undefined {
  const type = names.get(message[0] ?? 0);
  if (type === undefined || message.length < 5 || message.length > maxFrameBytes + 5) return undefined;
  return { type, counter: message.readUInt32BE(1), payload: message.subarray(5) };
}

/** Payload of `credit`: bytes that may follow. */
export function encodeCredit(bytes: number): Buffer {
  const payload = Buffer.allocUnsafe(4);
  payload.writeUInt32BE(bytes);
  return payload;
}
export const decodeCredit = (payload: Buffer): number => (payload.length === 4 ? payload.readUInt32BE(0) : 0);

/** Payload of `error`. `reason` is a Kubernetes status reason. */
export interface StreamError { readonly reason: 'BadRequest' | 'NotFound' | 'InternalError'; readonly message: string }
export const encodeError = (error: StreamError): Buffer => Buffer.from(JSON.stringify({ reason: error.reason, message: error.message.slice(0, 4096) }), 'utf8');
export function decodeError(payload: Buffer): StreamError {
  try {
    const { reason, message } = JSON.parse(payload.toString('utf8')) as Partial<StreamError>;
    return { reason: reason === 'BadRequest' || reason === 'NotFound' ? reason : 'InternalError', message: typeof message === 'string' ? message : 'the node gave no reason' };
  } catch { return { reason: 'InternalError', message: 'the node sent a malformed error' }; }
}
