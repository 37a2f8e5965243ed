import { badRequest } from '../refusals.js';
import { deepest, type Codec, type Parsed } from './codec.js';
import { scanJson } from './json-scan.js';
import { utf8 } from './utf8.js';

/** Reads JSON text; says which keys were given twice. */
export function parseJson(text: string): Parsed {
  const { depth, duplicates } = scanJson(text, deepest);
  if (depth > deepest) throw badRequest(`couldn't get version/kind; json parse error: exceeded max depth of ${String(deepest)}`);
  try {
    return { value: JSON.parse(text) as unknown, duplicates };
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${error instanceof Error ? error.message.slice(0, 200) : 'invalid'}`);
  }
}

export const jsonCodec: Codec = { decode: (bytes) => parseJson(utf8(bytes)) };
