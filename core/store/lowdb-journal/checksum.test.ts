import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32, tableCrc32 } from './checksum.js';

it('is CRC-32 as everybody has it', () => {
  expect(tableCrc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(crc32('123456789')).toBe(0xcbf43926);
});

it('is the same with and without zlib, for text and bytes', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => crc32(text) === tableCrc32(Buffer.from(text)) && crc32(Buffer.from(text)) === crc32(text)));
});
