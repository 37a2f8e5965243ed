/**
 * Reads only the fixed headers of the MQTT packets that pass by, and says when one announces more than `cap` bytes: the parser would
 * otherwise buffer up to 256 MiB before anybody could refuse. [MQTT-2.2.3]
 */
export function sizeGuard(cap: number): (chunk: Buffer) => boolean {
  let skip = 0;
  let length: { value: number; shift: number } | undefined;
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (skip > 0) { const step = Math.min(skip, chunk.length - at); skip -= step; at += step; continue; }
      if (length === undefined) { length = { value: 0, shift: 0 }; at += 1; continue; }
      const byte = chunk[at++] ?? 0;
      length.value += (byte & 0x7f) * 2 ** length.shift;
      length.shift += 7;
      if (length.value > cap || length.shift > 28) return false;
      if ((byte & 0x80) === 0) { skip = length.value; length = undefined; }
    }
    return true;
  };
}
