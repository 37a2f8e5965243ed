import { crc32 } from './checksum.js';

const crcWidth = 8;
const newline = 10;
const space = 0x20;

/** Room for a line besides its JSON. */
const frame = 40;

/** Writes checked lines (see `lines.ts`) into one buffer that is used again and again: at 15,000 lines a second garbage is what costs. */
export class LineWriter {
  private bytes: Buffer;
  private used = 0;

  constructor(capacity: number) { this.bytes = Buffer.allocUnsafe(capacity); }

  get size(): number { return this.used; }

  /** Adds one line whose JSON comes in pieces. */
  add(batch: number, ends: boolean, ...json: readonly string[]): void {
    this.makeRoom(json.reduce((sum, piece) => sum + 3 * piece.length, frame));
    const content = this.used + crcWidth + 1;
    let at = content + this.bytes.write(`${batch}${ends ? ';' : ','} `, content, 'latin1');
    for (const piece of json) at += this.bytes.write(piece, at);
    this.bytes.write(crc32(this.bytes.subarray(content, at)).toString(16).padStart(crcWidth, '0'), this.used, 'latin1');
    this.bytes[content - 1] = space;
    this.bytes[at] = newline;
    this.used = at + 1;
  }

  /** What was added since the last `clear`; not to be used after the next one. */
  written(): Buffer { return this.bytes.subarray(0, this.used); }

  clear(): void { this.used = 0; }

  private makeRoom(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.used + more));
    this.bytes.copy(larger, 0, 0, this.used);
    this.bytes = larger;
  }
}
