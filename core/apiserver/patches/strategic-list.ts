import type { FieldShape, MergeShapes } from '../../api/schema/merge-shape.js';
import { isObject, PatchError, type Json, type JsonObject } from './patch-error.js';
import { mergeObject } from './strategic-merge-patch.js';

export interface ListPatch {
  readonly target: Json | undefined;
  readonly patch: Json | undefined;
  /** `$setElementOrder/<field>` */
  readonly order: Json | undefined;
  /** `$deleteFromPrimitiveList/<field>` */
  readonly remove: Json | undefined;
  readonly shape: FieldShape;
}

const listOf = (value: Json | undefined, what: string): readonly Json[] => {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new PatchError('BadRequest', `${what} must be a list`);
  return value as readonly Json[];
};

const keyText = (value: Json | undefined): string => JSON.stringify(value ?? null);

/** Undefined leaves the field alone. */
export function mergeList({ target, patch, order, remove, shape }: ListPatch, shapes: MergeShapes): readonly Json[] | undefined {
  const key = shape.merge?.patchKey;
  const items = listOf(patch, 'the patch of a list');
  if (key === undefined) return patch === undefined ? undefined : items.filter((item) => !(isObject(item) && item['$patch'] !== undefined));
  const before = Array.isArray(target) ? (target as readonly Json[]) : [];
  const wanted = order === undefined ? undefined : listOf(order, '$setElementOrder');
  if (key === '') return ordered(mergePrimitives(before, items, listOf(remove, '$deleteFromPrimitiveList')), wanted, keyText, keyText);
  if (items.some((item) => isObject(item) && item['$patch'] === 'replace')) return items.filter((item) => !(isObject(item) && item['$patch'] === 'replace'));
  const merged = mergeKeyed(before, { items, key, message: shape.message }, shapes);
  return ordered(merged, wanted, (item) => keyText(isObject(item) ? item[key] : item), (item) => keyText(isObject(item) ? item[key] : item));
}

function mergePrimitives(before: readonly Json[], added: readonly Json[], removed: readonly Json[]): readonly Json[] {
  const gone = new Set(removed.map(keyText));
  const kept = before.filter((item) => !gone.has(keyText(item)));
  const held = new Set(kept.map(keyText));
  return [...kept, ...added.filter((item) => !held.has(keyText(item)))];
}

interface KeyedItems { readonly items: readonly Json[]; readonly key: string; readonly message: string | undefined }

function mergeKeyed(before: readonly Json[], { items, key, message }: KeyedItems, shapes: MergeShapes): readonly Json[] {
  const result: (Json | undefined)[] = [...before];
  const place = new Map(before.map((item, index) => [keyText(isObject(item) ? item[key] : undefined), index] as const));
  for (const item of items) {
    if (!isObject(item) || item[key] === undefined) throw new PatchError('BadRequest', `map: ${JSON.stringify(item).slice(0, 200)} does not contain declared merge key: ${key}`);
    const at = place.get(keyText(item[key]));
    const merged = mergeObject(at === undefined ? undefined : (result[at] as JsonObject | undefined), item, message, shapes);
    if (at !== undefined) result[at] = merged;
    else if (merged !== undefined) { place.set(keyText(item[key]), result.length); result.push(merged); }
  }
  return result.filter((item): item is Json => item !== undefined);
}

/**
 * Items that the order names stand in that order; each of the others keeps its place after the item it followed.
 */
function ordered(items: readonly Json[], wanted: readonly Json[] | undefined, keyOf: (item: Json) => string, orderKey: (item: Json) => string): readonly Json[] {
  if (wanted === undefined) return items;
  const rank = new Map(wanted.map((item, index) => [orderKey(item), index] as const));
  const named = items.filter((item) => rank.has(keyOf(item))).sort((a, b) => (rank.get(keyOf(a)) ?? 0) - (rank.get(keyOf(b)) ?? 0));
  const followers = new Map<string, Json[]>();
  let last = '';
  for (const item of items) {
    if (rank.has(keyOf(item))) last = keyOf(item);
    else followers.set(last, [...(followers.get(last) ?? []), item]);
  }
  return [...(followers.get('') ?? []), ...named.flatMap((item) => [item, ...(followers.get(keyOf(item)) ?? [])])];
}
