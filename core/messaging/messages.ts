import { decode } from './codec.js';
import { anyObject, flag, integer, list, literal, map, mismatch, object, text, type Shape } from './shape.js';
import type { Announce, EventReport, Manifest, NodeReport, Part, PodReport, Presence, StreamRequest } from './wire.js';

/** Every message of the wire: its size cap in bytes (encoded and inflated) and its shape. */

const name = text(253, /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
const uid = text(64, /^[A-Za-z0-9-]+$/);
const hash = text(43, /^[A-Za-z0-9_-]{43}$/);
const id = text(64);
const labels = map(text(256 * 1024), 1000);
const manifestObject = object({ namespace: name, name, hash });

export interface MessageRule { readonly cap: number; readonly shape: Shape }

export const messageRules = {
  manifest: {
    cap: 1024 * 1024,
    shape: object({
      v: literal(1), node: name, epoch: id, revision: integer(), configs: list(manifestObject, 5000), secrets: list(manifestObject, 5000),
      pods: list(object({ uid, namespace: name, name, hash }, { stop: integer() }), 2000),
    }, { signature: text(128) }),
  },
  podPart: { cap: 2 * 1024 * 1024, shape: object({ kind: literal('pod'), labels, annotations: labels, spec: anyObject }) },
  configPart: { cap: 2 * 1024 * 1024, shape: object({ kind: literal('config'), data: map(text(2 ** 21), 10_000), binaryData: map(text(2 ** 21), 10_000) }) },
  secretPart: { cap: 2 * 1024 * 1024, shape: object({ kind: literal('secret'), type: text(253), data: map(text(2 ** 21), 10_000) }) },
  presence: { cap: 1024, shape: object({ v: literal(1), online: flag, session: id, version: text(64) }) },
  node: {
    cap: 256 * 1024,
    shape: object({
      v: literal(1), session: id, seq: integer(), observed: object({ epoch: text(64), revision: integer() }), labels: map(text(63), 100),
      runtimes: list(text(63, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/), 20), codecs: list(integer(), 8), status: anyObject,
    }),
  },
  pod: { cap: 64 * 1024, shape: object({ v: literal(1), session: id, seq: integer(), namespace: name, name, status: anyObject }) },
  event: {
    cap: 64 * 1024,
    shape: object({
      v: literal(1),
      events: list(object({ involvedObject: anyObject, reason: text(128), message: text(1024), type: text(16) }, { count: integer(1), firstTimestamp: text(40), lastTimestamp: text(40), source: anyObject }), 100),
    }),
  },
  announce: { cap: 16 * 1024, shape: object({ v: literal(1), epoch: id, session: id, time: text(40), keys: list(text(1024), 8) }) },
  logs: {
    cap: 4096,
    shape: object({ kind: literal('logs'), uid, container: text(63), previous: flag, follow: flag, timestamps: flag }, { tailLines: integer(), since: integer(), limitBytes: integer(1) }),
  },
} as const satisfies Readonly<Record<string, MessageRule>>;

export type MessageName = keyof typeof messageRules;

interface MessageTypes {
  manifest: Manifest; podPart: Part; configPart: Part; secretPart: Part; presence: Presence; node: NodeReport; pod: PodReport; event: EventReport; announce: Announce; logs: StreamRequest;
}

/** A message, or why it is none. `text` is its plain JSON. */
export type Received<T> = { readonly ok: true; readonly value: T; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Decodes and checks one message. Never throws. */
export function receive<N extends MessageName>(message: N, payload: Buffer): Received<MessageTypes[N]> {
  const { cap, shape } = messageRules[message];
  const decoded = decode(payload, cap);
  if (!decoded.ok) return decoded;
  const problem = mismatch(shape, decoded.value);
  return problem === undefined ? { ok: true, value: decoded.value as MessageTypes[N], text: decoded.text } : { ok: false, reason: problem };
}

const partNames: Readonly<Record<string, 'podPart' | 'configPart' | 'secretPart'>> = { pod: 'podPart', config: 'configPart', secret: 'secretPart' };

/** A part of any kind. */
export function receivePart(payload: Buffer): Received<Part> {
  const decoded = decode(payload, messageRules.podPart.cap);
  if (!decoded.ok) return decoded;
  const rule = partNames[String((decoded.value as { kind?: unknown } | null)?.kind)];
  return rule === undefined ? { ok: false, reason: 'kind is not pod, config or secret' } : receive(rule, payload);
}
