/** Structural equality of JSON values; an absent key equals `undefined`. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  return sameKeys(a, b) && sameKeys(b, a);
}

const sameKeys = (a: object, b: object): boolean =>
  Object.entries(a).every(([key, value]) => same(value, Object.hasOwn(b, key) ? (b as Record<string, unknown>)[key] : undefined));
