import { badRequest } from '../refusals.js';
import { deepest, type Codec, type Parsed } from './codec.js';
import { parseJson } from './json.js';
import { utf8 } from './utf8.js';

/** Larger numbers of aliases are a bomb, not a manifest. */
const mostAliases = 50;

/** Reads one YAML document. What starts like JSON is read as JSON, which is what clients really send under this name. */
export async function parseYaml(text: string): Promise<Parsed> {
  if (/^\s*\{/.test(text)) return parseJson(text);
  // Flow collections are the only cheap way to nest deeply: the parser recurses, so they are counted before.
  if (/(?:[[{]\s*){257}/.test(text)) throw tooDeep();
  const { parseDocument } = await import('yaml');
  try {
    const document = parseDocument(text, { uniqueKeys: true, prettyErrors: false, version: '1.1', schema: 'yaml-1.1', merge: true });
    const duplicates = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY').map(({ pos }) => keyAt(text, pos[0]));
    const fatal = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
    if (fatal !== undefined) throw badRequest(`error converting YAML to JSON: yaml: ${fatal.message.slice(0, 200)}`);
    // Through JSON: no dates, no cycles, only string keys.
    return { ...parseJson(JSON.stringify(document.toJS({ maxAliasCount: mostAliases })) ?? 'null'), duplicates };
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    if (error instanceof ReferenceError) throw badRequest('error converting YAML to JSON: yaml: document contains excessive aliasing');
    throw error;
  }
}

const tooDeep = (): Error => badRequest(`error converting YAML to JSON: yaml: exceeded max depth of ${String(deepest)}`);
const keyAt = (text: string, at: number): string => /^[^\s:]+/.exec(text.slice(at, at + 200))?.[0] ?? '';

export const yamlCodec: Codec = { decode: (bytes) => parseYaml(utf8(bytes)) };
