/** What JSON.parse does not tell. */
export interface JsonShape {
  /** Levels of nesting. */
  readonly depth: number;
  readonly duplicates: readonly string[];
}

type Frame =
  | { readonly array: false; readonly keys: Set<string>; key: string; awaitsKey: boolean }
  | { readonly array: true; index: number };

/** At most this many duplicates are named. */
const mostDuplicates = 32;

/**
 * Walks JSON text without building it: how deep it nests and which keys stand twice. `text` need not be valid: JSON.parse judges that.
 * Stops going deeper at `limit`. Linear time, no recursion.
 */
export function scanJson(text: string, limit: number): JsonShape {
  const frames: Frame[] = [];
  const duplicates: string[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const top = frames.at(-1);
    switch (text.charCodeAt(at)) {
      case 0x7b: frames.push({ array: false, keys: new Set(), key: '', awaitsKey: true }); break;
      case 0x5b: frames.push({ array: true, index: 0 }); break;
      case 0x7d: case 0x5d: frames.pop(); break;
      case 0x2c: if (top?.array === true) top.index += 1; else if (top !== undefined) top.awaitsKey = true; break;
      case 0x22: {
        const end = endOfString(text, at);
        if (top?.array === false && top.awaitsKey) noteKey(top, text.slice(at, end + 1), frames, duplicates);
        at = end;
        break;
      }
    }
    if (frames.length > depth) depth = frames.length;
    if (depth > limit) return { depth, duplicates };
  }
  return { depth, duplicates };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22) return at;
  }
  return text.length;
}

function noteKey(frame: Extract<Frame, { array: false }>, quoted: string, frames: readonly Frame[], duplicates: string[]): void {
  frame.awaitsKey = false;
  frame.key = unquote(quoted);
  if (!frame.keys.has(frame.key)) { frame.keys.add(frame.key); return; }
  if (duplicates.length < mostDuplicates) duplicates.push(pathOf(frames));
}

function unquote(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try { return String(JSON.parse(quoted)); } catch { return quoted; }
}

const pathOf = (frames: readonly Frame[]): string =>
  frames.reduce((path, frame) => (frame.array ? `${path}[${String(frame.index)}]` : path === '' ? frame.key : `${path}.${frame.key}`), '');
