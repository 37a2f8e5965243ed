import { badRequest } from '../refusals.js';

/** Where the next page of a list starts. */
export interface Continue {
  /** The revision every page shows. */
  readonly revision: number;
  /** The last object of the page before. */
  readonly namespace: string;
  readonly name: string;
}

/** Opaque to clients. k8s: reference/using-api/api-concepts#retrieving-large-results-sets-in-chunks */
export const encodeContinue = ({ revision, namespace, name }: Continue): string =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: `${namespace}/${name}\u0000` })).toString('base64url');

/** Throws BadRequest for what {@link encodeContinue} did not make. */
export function decodeContinue(text: string): Continue {
  const refused = badRequest('continue key is not valid: unrecognized encoding');
  if (text.length > 2048) throw refused;
  let value: unknown;
  try { value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')); } catch { throw refused; }
  if (typeof value !== 'object' || value === null || !('rv' in value) || !('start' in value) || !('v' in value)) throw refused;
  const { rv, start, v } = value;
  if (v !== 'meta.k8s.io/v1' || typeof rv !== 'number' || !Number.isSafeInteger(rv) || rv < 0 || typeof start !== 'string') throw refused;
  const match = /^([^/\0]*)\/([^/\0]+)\0$/.exec(start);
  if (match === null) throw refused;
  return { revision: rv, namespace: match[1] ?? '', name: match[2] ?? '' };
}
