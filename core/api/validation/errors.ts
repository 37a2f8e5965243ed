import type { FieldError } from '../kind.js';

/** k8s: apimachinery pkg/util/validation/field */
export const required = (field: string, detail = ''): FieldError => ({ type: 'Required', field, detail });
export const invalid = (field: string, value: unknown, detail: string): FieldError => ({ type: 'Invalid', field, value, detail });
export const duplicate = (field: string, value: unknown): FieldError => ({ type: 'Duplicate', field, value, detail: '' });
export const forbidden = (field: string, detail: string): FieldError => ({ type: 'Forbidden', field, detail });
export const notFound = (field: string, value: unknown): FieldError => ({ type: 'NotFound', field, value, detail: '' });
export const tooLong = (field: string, max: number): FieldError => ({ type: 'TooLong', field, detail: `may not be more than ${String(max)} bytes` });
export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError =>
  ({ type: 'NotSupported', field, value, detail: `supported values: ${[...supported].sort().map((text) => JSON.stringify(text)).join(', ')}` });

export const immutable = (field: string, value: unknown): FieldError => invalid(field, value, 'field is immutable');

/** One of `values`, when set. */
export const oneOf = (field: string, value: string | undefined, values: readonly string[]): readonly FieldError[] =>
  value === undefined || values.includes(value) ? [] : [notSupported(field, value, values)];

export const nonNegative = (field: string, value: number | undefined): readonly FieldError[] =>
  value === undefined || value >= 0 ? [] : [invalid(field, value, 'must be greater than or equal to 0')];

export const atLeast = (field: string, value: number | undefined, least: number): readonly FieldError[] =>
  value === undefined || value >= least ? [] : [invalid(field, value, `must be greater than or equal to ${String(least)}`)];
