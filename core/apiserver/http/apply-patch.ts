import type { KindDefinition } from '../../api/kind.js';
import { MergeShapes } from '../../api/schema/merge-shape.js';
import { StatusError } from '../../api/status-error.js';
import { jsonPatch } from '../patches/json-patch.js';
import { mergePatch } from '../patches/merge-patch.js';
import { isObject, PatchError, type Json, type JsonObject } from '../patches/patch-error.js';
import { strategicMergePatch } from '../patches/strategic-merge-patch.js';
import { badRequest } from '../refusals.js';

export type PatchFormat = 'json' | 'merge' | 'strategic';

const formats: Readonly<Record<string, PatchFormat>> = {
  'application/json-patch+json': 'json', 'application/merge-patch+json': 'merge', 'application/strategic-merge-patch+json': 'strategic',
};

/** The format of a media type; undefined for those that are not served. */
export const patchFormat = (type: string): PatchFormat | undefined => formats[type];

let shapes: MergeShapes | undefined;

function patched(format: PatchFormat, kind: KindDefinition | undefined, base: Json, body: Json): Json {
  if (format === 'json') return jsonPatch(base, body);
  if (!isObject(body)) throw new PatchError('BadRequest', 'the patch is not an object');
  if (format === 'merge' || kind === undefined) return mergePatch(base, body);
  return strategicMergePatch(base as JsonObject, body, kind.message, shapes ??= new MergeShapes());
}

/** Lays a patch of media type `type` over `base`. Throws BadRequest for a malformed patch, Invalid for one that does not fit. */
export function applyPatch(type: string, kind: KindDefinition | undefined, base: object, body: unknown): unknown {
  try {
    return patched(patchFormat(type) ?? 'merge', kind, base as Json, body as Json);
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw error.reason === 'BadRequest' ? badRequest(error.message) : new StatusError('Invalid', error.message);
  }
}
