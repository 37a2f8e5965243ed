import { crc32 } from './checksum.js';

/**
 * A file of checked lines: `<crc32> <batch><end> <json>\n`. `batch` rises by one with each batch; `end` is `;` on its last line and `,` before.
 * A batch is written and synced as a whole before the next begins, so only the last one can be torn: lines that do not check, followed by lines
 * of a later batch, are damage to something that was acknowledged.
 */
export interface Line { readonly batch: number; readonly ends: boolean; readonly json: string }

export interface Scan {
  /** JSON of every line of every complete batch. */
  readonly lines: readonly string[];
  /** Where the last complete batch ends; what follows, if anything, is a torn tail. */
  readonly size: number;
  /** The last complete batch; 0 when there is none. */
  readonly batch: number;
  /** Offset of the first line that does not check although a later batch does. */
  readonly damagedAt?: number;
}

const newline = 10;

/** One line without its end; undefined when it does not check. */
export function decodeLine(bytes: Buffer): Line | undefined {
  if (bytes.length < 12 || bytes[8] !== 0x20 || bytes.toString('latin1', 0, 8) !== crc32(bytes.subarray(9)).toString(16).padStart(8, '0')) return undefined;
  const space = bytes.indexOf(' ', 9);
  const batch = Number(bytes.toString('latin1', 9, space - 1));
  return Number.isSafeInteger(batch) ? { batch, ends: bytes[space - 1] === 0x3b, json: bytes.toString('utf8', space + 1) } : undefined;
}

/** A line that does not check may be two of which the end of the first is damaged: looks for a checking line within. */
function lineWithin(bytes: Buffer): Line | undefined {
  for (const { index } of bytes.toString('latin1').matchAll(/(?=[0-9a-f]{8} \d+[,;] )/g)) {
    const line = index > 0 ? decodeLine(bytes.subarray(index)) : undefined;
    if (line) return line;
  }
  return undefined;
}

/** Whether anything in or after the bad line at `offset` checks and belongs to another batch than `batch`. */
function laterBatchFrom(bytes: Buffer, offset: number, batch: number): boolean {
  for (let start = offset; ;) {
    const end = bytes.indexOf(newline, start);
    if (end < 0) return false;
    const text = bytes.subarray(start, end);
    const line = decodeLine(text) ?? (start === offset ? lineWithin(text) : undefined);
    if (line && line.batch !== batch) return true;
    start = end + 1;
  }
}

/** Reads as far as the file can be trusted. */
export function scan(bytes: Buffer): Scan {
  const lines: string[] = [];
  let complete = { lines: 0, size: 0, batch: 0 };
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(newline, start);
    const line = end < 0 ? undefined : decodeLine(bytes.subarray(start, end));
    const expected = complete.batch + 1;
    if (!line || line.batch !== expected) {
      const torn = !line && !laterBatchFrom(bytes, start, expected);
      return { lines: lines.slice(0, complete.lines), size: complete.size, batch: complete.batch, ...(!torn && { damagedAt: start }) };
    }
    lines.push(line.json);
    start = end + 1;
    if (line.ends) complete = { lines: lines.length, size: start, batch: line.batch };
  }
  return { lines: lines.slice(0, complete.lines), size: complete.size, batch: complete.batch };
}
