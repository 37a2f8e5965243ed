/** Shapes of wire messages as data: they validate what arrives, and the reference is checked against them. */
export type Shape =
  | { readonly kind: 'string'; readonly max: number; readonly pattern?: RegExp }
  | { readonly kind: 'integer'; readonly min: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly of: Shape; readonly max: number }
  | { readonly kind: 'map'; readonly of: Shape; readonly max: number }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>>; readonly optional: Readonly<Record<string, Shape>> }
  /** Any object; checked by whoever reads it. */
  | { readonly kind: 'any' };

export const text = (max: number, pattern?: RegExp): Shape => ({ kind: 'string', max, ...(pattern === undefined ? {} : { pattern }) });
export const integer = (min = 0): Shape => ({ kind: 'integer', min });
export const flag: Shape = { kind: 'boolean' };
export const literal = (value: string | number | boolean): Shape => ({ kind: 'literal', value });
export const list = (of: Shape, max: number): Shape => ({ kind: 'list', of, max });
export const map = (of: Shape, max: number): Shape => ({ kind: 'map', of, max });
export const object = (fields: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape => ({ kind: 'object', fields, optional });
export const anyObject: Shape = { kind: 'any' };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with `value`, with its place; undefined when it has the shape. Unknown fields are allowed: a newer peer may send them. */
export function mismatch(shape: Shape, value: unknown, path = ''): string | undefined {
  const wrong = (what: string): string => `${path === '' ? 'the message' : path} ${what}`;
  switch (shape.kind) {
    case 'string': return typeof value !== 'string' ? wrong('is not a string') : value.length > shape.max ? wrong(`is longer than ${String(shape.max)}`) : shape.pattern?.test(value) === false ? wrong('is malformed') : undefined;
    case 'integer': return typeof value === 'number' && Number.isSafeInteger(value) && value >= shape.min ? undefined : wrong(`is not an integer of at least ${String(shape.min)}`);
    case 'boolean': return typeof value === 'boolean' ? undefined : wrong('is not true or false');
    case 'literal': return value === shape.value ? undefined : wrong(`is not ${JSON.stringify(shape.value)}`);
    case 'any': return isRecord(value) ? undefined : wrong('is not an object');
    case 'list': return listMismatch(shape, value, path);
    case 'map': return !isRecord(value) ? wrong('is not an object') : entriesMismatch(Object.entries(value), shape.max, (key, item) => mismatch(shape.of, item, `${path}.${key}`)) ?? undefined;
    case 'object': return objectMismatch(shape, value, path);
  }
}

function entriesMismatch(entries: readonly [string, unknown][], max: number, check: (key: string, value: unknown) => string | undefined): string | undefined {
  if (entries.length > max) return `has more than ${String(max)} entries`;
  for (const [key, value] of entries) { const problem = check(key, value); if (problem !== undefined) return problem; }
  return undefined;
}

function listMismatch(shape: Extract<Shape, { kind: 'list' }>, value: unknown, path: string): string | undefined {
  if (!Array.isArray(value)) return `${path} is not a list`;
  if (value.length > shape.max) return `${path} has more than ${String(shape.max)} items`;
  for (const [index, item] of value.entries()) { const problem = mismatch(shape.of, item, `${path}[${String(index)}]`); if (problem !== undefined) return problem; }
  return undefined;
}

function objectMismatch({ fields, optional }: Extract<Shape, { kind: 'object' }>, value: unknown, path: string): string | undefined {
  if (!isRecord(value)) return `${path === '' ? 'the message' : path} is not an object`;
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  for (const [key, shape] of Object.entries(fields)) {
    const problem = value[key] === undefined ? `${at(key)} is missing` : mismatch(shape, value[key], at(key));
    if (problem !== undefined) return problem;
  }
  for (const [key, shape] of Object.entries(optional)) {
    const problem = value[key] === undefined ? undefined : mismatch(shape, value[key], at(key));
    if (problem !== undefined) return problem;
  }
  return undefined;
}
