import * as zlib from 'node:zlib';

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/** CRC-32 without zlib's: Node has it from 20.15 and 22.2 on. */
export function tableCrc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number);
  return (crc ^ 0xffffffff) >>> 0;
}

const native = (zlib as { readonly crc32?: (bytes: Uint8Array | string) => number }).crc32;

/** CRC-32 of bytes, or of text as UTF-8. */
export const crc32 = (content: Uint8Array | string): number =>
  native ? native(content) : tableCrc32(typeof content === 'string' ? Buffer.from(content) : content);
