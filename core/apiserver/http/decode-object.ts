import type { KindDefinition } from '../../api/kind.js';
import { apiVersionOf, type Draft, type KubeObject } from '../../api/resource.js';
import type { MessageDecoders } from '../../api/schema/decode.js';
import { badRequest } from '../refusals.js';
import type { Parsed } from '../codecs/codec.js';
import type { FieldValidation } from '../verbs/context.js';
import { decodeMessage } from './decode-message.js';

/** How strictly a body is read, and who hears of what was overlooked. */
export interface Strictness { readonly validation: FieldValidation; readonly warn: (text: string) => void; readonly decoders: MessageDecoders }

/** What is wrong beyond this many is not told: a body may consist of nothing else. */
const mostComplaints = 100;

/** A body as an object of the kind. Throws BadRequest. k8s: reference/using-api/api-concepts#field-validation */
export function decodeObject(kind: KindDefinition, { value, duplicates }: Parsed, { validation, warn, decoders }: Strictness): Draft<KubeObject> {
  checkShape(kind, value);
  const { object, problems } = decodeMessage(kind, value, decoders);
  const complaints = [...duplicates.map((path) => `duplicate field "${path}"`), ...problems].slice(0, mostComplaints);
  if (complaints.length > 0 && validation === 'Strict') throw cannotHandle(kind, `strict decoding error: ${complaints.join(', ')}`);
  if (validation === 'Warn') for (const complaint of complaints) warn(complaint);
  return object;
}

const cannotHandle = ({ resource }: KindDefinition, why: string): Error =>
  badRequest(`${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${why}`);

/** The body is an object, of this kind (or of none), with metadata. */
function checkShape({ resource }: KindDefinition, value: unknown): asserts value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(`couldn't get version/kind; json parse error: cannot unmarshal ${nameOf(value)} into an object`);
  }
  const { apiVersion, kind } = value as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const expected = apiVersionOf(resource);
  if (apiVersion !== undefined && apiVersion !== '' && apiVersion !== expected) {
    throw badRequest(`the API version in the data (${shown(apiVersion)}) does not match the expected API version (${expected})`);
  }
  if (kind !== undefined && kind !== '' && kind !== resource.kind) {
    throw badRequest(`${shown(kind)} in version "${resource.version}" cannot be handled as a ${resource.kind}: the kind in the data does not match`);
  }
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100);
const nameOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
