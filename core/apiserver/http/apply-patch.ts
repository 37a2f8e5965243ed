import type { MergeShapes } from '../../api/schema/merge-shape.js';
import { StatusError } from '../../api/status-error.js';
import { jsonPatch } from '../patches/json-patch.js';
import { mergePatch } from '../patches/merge-patch.js';
import { isObject, PatchError, type Json, type JsonObject } from '../patches/patch-error.js';
import { strategicMergePatch } from '../patches/strategic-merge-patch.js';
import { badRequest } from '../refusals.js';

/** A patch as it came in. */
export interface Patch {
  /** Media type. */
  readonly type: string;
  /** Parsed JSON. */
  readonly body: unknown;
  /** What the patched object is, for strategic merges: `apps/v1.Deployment`; '' has no merge keys. */
  readonly message: string;
  readonly shapes: MergeShapes;
}

const formats: Readonly<Record<string, (base: JsonObject, patch: Patch) => Json>> = {
  'application/json-patch+json': (base, { body }) => jsonPatch(base, body as Json),
  'application/merge-patch+json': (base, { body }) => mergePatch(base, object(body)),
  'application/strategic-merge-patch+json': (base, { body, message, shapes }) => strategicMergePatch(base, object(body), message, shapes),
};

export const isPatchType = (type: string): boolean => Object.hasOwn(formats, type);

function object(body: unknown): JsonObject {
  if (!isObject(body)) throw badRequest('json: cannot unmarshal the patch into Go value of type map[string]interface {}');
  return body;
}

/** The patched object, not decoded yet; the base stays as it is. Throws BadRequest and Invalid. */
export function applyPatch(patch: Patch, base: object): unknown {
  try {
    return formats[patch.type]?.(base as JsonObject, patch);
  } catch (error) {
    throw error instanceof PatchError ? new StatusError(error.reason, error.message) : error;
  }
}
