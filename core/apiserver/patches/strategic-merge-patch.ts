import type { FieldShape, MergeShapes } from '../../api/schema/merge-shape.js';
import { mergeList } from './strategic-list.js';
import { isObject, isSafeKey, PatchError, type Json, type JsonObject } from './patch-error.js';

/** k8s: contributors/devel/sig-api-machinery/strategic-merge-patch.md */

export const orderPrefix = '$setElementOrder/';
export const deletePrefix = '$deleteFromPrimitiveList/';

/**
 * Lays `patch` over `target`, a message of type `message`. Nothing is modified; what the patch does not touch is shared.
 * Throws {@link PatchError} for directives that make no sense.
 */
export function strategicMergePatch(target: JsonObject, patch: JsonObject, message: string, shapes: MergeShapes): JsonObject {
  const result = mergeObject(target, patch, message, shapes);
  return result ?? {};
}

/** Undefined when the patch deletes the object. */
export function mergeObject(target: JsonObject | undefined, patch: JsonObject, message: string | undefined, shapes: MergeShapes): JsonObject | undefined {
  const directive = patch['$patch'];
  if (directive === 'delete') return undefined;
  const plain = withoutDirectives(patch);
  if (directive === 'replace') return plain;
  if (directive !== undefined && directive !== 'merge') throw new PatchError('BadRequest', `Unknown patch type found: ${JSON.stringify(directive)}`);
  const result: Record<string, Json | undefined> = retained(target, patch['$retainKeys']);
  for (const key of touchedKeys(patch)) mergeField(result, { key, patch, shape: shapes.field(message, key) }, shapes);
  return result;
}

const isDirective = (key: string): boolean => key.startsWith('$patch') || key.startsWith('$retainKeys') || key.startsWith(orderPrefix) || key.startsWith(deletePrefix);

const withoutDirectives = (patch: JsonObject): JsonObject => Object.fromEntries(Object.entries(patch).filter(([key]) => !isDirective(key) && isSafeKey(key)));

/** Fields that the patch names itself or through a list directive. */
function touchedKeys(patch: JsonObject): ReadonlySet<string> {
  const keys = Object.keys(patch).map((key) => (key.startsWith(orderPrefix) ? key.slice(orderPrefix.length) : key.startsWith(deletePrefix) ? key.slice(deletePrefix.length) : key));
  return new Set(keys.filter((key) => isSafeKey(key) && key !== '$patch' && key !== '$retainKeys'));
}

function retained(target: JsonObject | undefined, keys: Json | undefined): Record<string, Json | undefined> {
  if (keys === undefined) return { ...target };
  if (!Array.isArray(keys)) throw new PatchError('BadRequest', '$retainKeys must be a list of field names');
  return Object.fromEntries(Object.entries(target ?? {}).filter(([key]) => (keys as readonly Json[]).includes(key)));
}

interface FieldPatch { readonly key: string; readonly patch: JsonObject; readonly shape: FieldShape }

function mergeField(result: Record<string, Json | undefined>, { key, patch, shape }: FieldPatch, shapes: MergeShapes): void {
  const value = patch[key];
  if (value === null) { delete result[key]; return; }
  const order = patch[`${orderPrefix}${key}`];
  const remove = patch[`${deletePrefix}${key}`];
  if (Array.isArray(value) || order !== undefined || remove !== undefined) {
    const merged = mergeList({ target: result[key], patch: value, order, remove, shape }, shapes);
    if (merged !== undefined) result[key] = merged;
    return;
  }
  if (value === undefined) return;
  if (!isObject(value)) { result[key] = value; return; }
  const before = result[key];
  const merged = mergeObject(isObject(before) ? before : undefined, value, shape.message, shapes);
  if (merged === undefined) delete result[key];
  else result[key] = merged;
}
