import type { DeleteOptions } from '../../api/types.js';
import { badRequest } from '../refusals.js';

/** The body of a DELETE. Throws BadRequest; unknown fields are overlooked, as clients of other versions send them. */
export function decodeDeleteOptions(value: unknown): DeleteOptions {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw refused('the body', 'an object');
  const body = value as Readonly<Record<string, unknown>>;
  if (body['kind'] !== undefined && body['kind'] !== 'DeleteOptions' && body['kind'] !== '') throw badRequest('decoded object cannot be converted to DeleteOptions');
  return {
    ...(isGiven(body['gracePeriodSeconds']) ? { gracePeriodSeconds: wholeNumber('gracePeriodSeconds', body['gracePeriodSeconds']) } : {}),
    ...(isGiven(body['propagationPolicy']) ? { propagationPolicy: string('propagationPolicy', body['propagationPolicy']) } : {}),
    ...(isGiven(body['orphanDependents']) ? { orphanDependents: boolean('orphanDependents', body['orphanDependents']) } : {}),
    ...(isGiven(body['dryRun']) ? { dryRun: strings('dryRun', body['dryRun']) } : {}),
    ...(isGiven(body['preconditions']) ? { preconditions: preconditions(body['preconditions']) } : {}),
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
const refused = (field: string, what: string): Error => badRequest(`DeleteOptions in version "v1" cannot be handled as a DeleteOptions: ${field} must be ${what}`);

function wholeNumber(field: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw refused(field, 'a whole number');
  return value;
}
function string(field: string, value: unknown): string {
  if (typeof value !== 'string') throw refused(field, 'a string');
  return value;
}
function boolean(field: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw refused(field, 'true or false');
  return value;
}
function strings(field: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw refused(field, 'a list');
  return value.map((item) => string(field, item));
}
function preconditions(value: unknown): NonNullable<DeleteOptions['preconditions']> {
  if (typeof value !== 'object' || value === null) throw refused('preconditions', 'an object');
  const { uid, resourceVersion } = value as { readonly uid?: unknown; readonly resourceVersion?: unknown };
  return {
    ...(isGiven(uid) ? { uid: string('preconditions.uid', uid) } : {}),
    ...(isGiven(resourceVersion) ? { resourceVersion: string('preconditions.resourceVersion', resourceVersion) } : {}),
  };
}
