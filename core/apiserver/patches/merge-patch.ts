import { isObject, isSafeKey, type Json, type JsonObject } from './patch-error.js';

/** RFC 7386. Shares what the patch does not touch. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: Record<string, Json | undefined> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (!isSafeKey(key) || value === undefined) continue;
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result satisfies JsonObject;
}
