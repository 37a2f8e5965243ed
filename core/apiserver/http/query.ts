import type { DeleteOptions } from '../../api/types.js';
import { badRequest, invalid } from '../refusals.js';
import type { FieldValidation, WriteOptions } from '../verbs/context.js';
import type { ListOptions } from '../verbs/list.js';

/** A whole number, or BadRequest. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (!/^-?\d{1,19}$/.test(text) || !Number.isSafeInteger(value)) throw badRequest(`${name}: invalid value "${text.slice(0, 64)}": it must be a whole number`);
  return value;
}

/** Go's strconv.ParseBool; absent is false. */
export function flag(query: URLSearchParams, name: string): boolean {
  const text = query.get(name);
  if (text === null || ['0', 'f', 'F', 'false', 'False', 'FALSE'].includes(text)) return false;
  if (['', '1', 't', 'T', 'true', 'True', 'TRUE'].includes(text)) return true;
  throw badRequest(`${name}: invalid value "${text.slice(0, 64)}": it must be true or false`);
}

const text = (query: URLSearchParams, name: string): string | undefined => query.get(name) ?? undefined;
const given = <K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } =>
  (value === undefined ? {} : { [name]: value } as { readonly [key in K]: V });

export function listOptions(query: URLSearchParams): ListOptions {
  return {
    ...given('limit', wholeNumber(query, 'limit')),
    ...given('continue', text(query, 'continue')),
    ...given('resourceVersion', text(query, 'resourceVersion')),
    ...given('resourceVersionMatch', text(query, 'resourceVersionMatch')),
  };
}

export const selectorTexts = (query: URLSearchParams): { readonly labelSelector?: string; readonly fieldSelector?: string } =>
  ({ ...given('labelSelector', text(query, 'labelSelector')), ...given('fieldSelector', text(query, 'fieldSelector')) });

const optionsKind = (kind: string) => ({ resource: { group: 'meta.k8s.io', kind, version: 'v1', plural: '', namespaced: false, key: '' } });

/** Throws Invalid for anything but `All`. k8s: reference/using-api/api-concepts#dry-run */
export function checkDryRun(values: readonly string[], kind: string): boolean {
  for (const value of values) {
    if (value !== 'All') throw invalid(optionsKind(kind), '', [{ type: 'NotSupported', field: 'dryRun', value: value.slice(0, 64), detail: 'supported values: "All"' }]);
  }
  return values.length > 0;
}

export function fieldValidation(query: URLSearchParams): FieldValidation {
  const value = query.get('fieldValidation') ?? '';
  if (value === '') return 'Warn';
  if (value === 'Strict' || value === 'Warn' || value === 'Ignore') return value;
  throw invalid(optionsKind('CreateOptions'), '', [{ type: 'NotSupported', field: 'fieldValidation', value: value.slice(0, 64), detail: 'supported values: "", "Ignore", "Strict", "Warn"' }]);
}

export const writeOptions = (query: URLSearchParams, warn: (text: string) => void): WriteOptions =>
  ({ dryRun: checkDryRun(query.getAll('dryRun'), 'CreateOptions'), warn });

/** DELETE takes its options from the body, or from parameters of the same names. */
export function deleteOptions(query: URLSearchParams, body: DeleteOptions): DeleteOptions {
  const orphan = query.has('orphanDependents') ? flag(query, 'orphanDependents') : undefined;
  return {
    ...given('gracePeriodSeconds', wholeNumber(query, 'gracePeriodSeconds')),
    ...given('propagationPolicy', text(query, 'propagationPolicy')),
    ...given('orphanDependents', orphan),
    ...(query.has('dryRun') ? { dryRun: query.getAll('dryRun') } : {}),
    ...body,
  };
}
