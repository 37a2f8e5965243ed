import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { dictionaryV1 } from './dictionary-v1.js';

/** 0 plain JSON, 1 raw deflate, 2 raw deflate with dictionary 1. The first byte of a message tells: `{`, 1 or 2. */
export type CodecId = 0 | 1 | 2;

/** Below this a message stays plain: compression would not pay for itself. */
const worthwhile = 100;
const dictionary = Buffer.from(dictionaryV1, 'utf8');

/** JSON in the best encoding that the reader knows. */
export function encodeText(json: string, codecs: readonly number[] = [0]): Buffer {
  const plain = Buffer.from(json, 'utf8');
  if (plain.length < worthwhile) return plain;
  if (codecs.includes(2)) return Buffer.concat([Buffer.of(2), deflateRawSync(plain, { dictionary, level: 9 })]);
  if (codecs.includes(1)) return Buffer.concat([Buffer.of(1), deflateRawSync(plain, { level: 9 })]);
  return plain;
}

export const encode = (value: object, codecs: readonly number[] = [0]): Buffer => encodeText(JSON.stringify(value), codecs);

export type Decoded = { readonly ok: true; readonly value: unknown; readonly text: string } | { readonly ok: false; readonly reason: string };

function inflate(payload: Buffer, cap: number): Buffer | string {
  const id = payload[0];
  if (id === 0x7b) return payload;
  if (id !== 1 && id !== 2) return `unknown encoding ${String(id)}`;
  try {
    return inflateRawSync(payload.subarray(1), { maxOutputLength: cap, ...(id === 2 ? { dictionary } : {}) });
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? `inflates to more than ${String(cap)} bytes` : 'does not inflate';
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a message of at most `cap` bytes, before and after inflation. Never throws: whatever comes from the network is hostile. */
export function decode(payload: Buffer, cap: number): Decoded {
  if (payload.length > cap) return { ok: false, reason: `has ${String(payload.length)} bytes, more than ${String(cap)}` };
  const bytes = inflate(payload, cap);
  if (typeof bytes === 'string') return { ok: false, reason: bytes };
  if (bytes.length > cap) return { ok: false, reason: `has ${String(bytes.length)} bytes, more than ${String(cap)}` };
  try {
    const text = utf8.decode(bytes);
    return { ok: true, value: JSON.parse(text) as unknown, text };
  } catch {
    return { ok: false, reason: 'is not JSON' };
  }
}
