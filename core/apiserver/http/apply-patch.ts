import type { KindDefinition } from '../../api/kind.js';
import { badRequest } from '../refusals.js';

/** TEMPORARY until patches/ lands: merge patches only. */
export const patchFormat = (type: string): string | undefined => (type === 'application/merge-patch+json' ? 'merge' : undefined);

export function applyPatch(_type: string, _kind: KindDefinition | undefined, base: object, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('cannot unmarshal the patch');
  return merge(base, body);
}

function merge(base: unknown, body: object): unknown {
  const result = { ...(typeof base === 'object' && base !== null && !Array.isArray(base) ? base : {}) } as Record<string, unknown>;
  for (const [key, value] of Object.entries(body)) {
    if (value === null) delete result[key];
    else result[key] = typeof value === 'object' && !Array.isArray(value) ? merge(result[key], value as object) : (value as unknown);
  }
  return result;
}
