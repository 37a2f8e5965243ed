import type { FieldError, KindDefinition } from '../api/kind.js';
import type { Resource } from '../api/resource.js';
import { StatusError, type StatusErrorDetails } from '../api/status-error.js';

/** Kubernetes' refusals, word for word: people search for these texts. k8s: apimachinery/pkg/api/errors */

/** `deployments.apps`, `pods` */
type Named = Pick<Resource, 'group' | 'plural'>;
const qualified = ({ group, plural }: Named): string => (group === '' ? plural : `${plural}.${group}`);

const about = (resource: Named, name: string, more: StatusErrorDetails = {}): StatusErrorDetails => ({
  ...(name === '' ? {} : { name }), ...(resource.group === '' ? {} : { group: resource.group }), kind: resource.plural, ...more,
});

export const notFound = (resource: Named, name: string): StatusError =>
  new StatusError('NotFound', `${qualified(resource)} "${name}" not found`, about(resource, name));

export const alreadyExists = (resource: Named, name: string): StatusError =>
  new StatusError('AlreadyExists', `${qualified(resource)} "${name}" already exists`, about(resource, name));

export const conflict = (resource: Named, name: string, why: string): StatusError =>
  new StatusError('Conflict', `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`, about(resource, name));

export const modifiedMeanwhile = 'the object has been modified; please apply your changes to the latest version and try again';

export const forbidden = (resource: Named, name: string, why: string, more: StatusErrorDetails = {}): StatusError =>
  new StatusError('Forbidden', `${qualified(resource)} ${name === '' ? '' : `"${name}" `}is forbidden: ${why}`, about(resource, name, more));

export const badRequest = (message: string): StatusError => new StatusError('BadRequest', message);

export const methodNotAllowed = (): StatusError =>
  new StatusError('MethodNotAllowed', 'the server does not allow this method on the requested resource');

export const expired = (message: string): StatusError => new StatusError('Expired', message);

export const tooLargeResourceVersion = (wanted: number, current: number): StatusError => new StatusError(
  'Timeout', `Too large resource version: ${String(wanted)}, current: ${String(current)}`,
  { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }], retryAfterSeconds: 1 },
);

const typeTexts: Readonly<Record<FieldError['type'], string>> = {
  Required: 'Required value', Invalid: 'Invalid value', NotSupported: 'Unsupported value', Duplicate: 'Duplicate value', Forbidden: 'Forbidden',
  TooLong: 'Too long', TooMany: 'Too many', NotFound: 'Not found', TypeInvalid: 'Invalid value',
};
const withoutValue: ReadonlySet<FieldError['type']> = new Set(['Required', 'Forbidden', 'TooLong', 'TooMany']);
const causeReasons: Readonly<Record<FieldError['type'], string>> = {
  Required: 'FieldValueRequired', Invalid: 'FieldValueInvalid', NotSupported: 'FieldValueNotSupported', Duplicate: 'FieldValueDuplicate',
  Forbidden: 'FieldValueForbidden', TooLong: 'FieldValueTooLong', TooMany: 'FieldValueTooMany', NotFound: 'FieldValueNotFound',
  TypeInvalid: 'FieldValueTypeInvalid',
};

/** `Invalid value: -1: must be greater than or equal to 0`. k8s: apimachinery field.Error.ErrorBody */
export function fieldErrorBody({ type, value, detail }: FieldError): string {
  const text = typeTexts[type];
  const shown = withoutValue.has(type) || value === undefined ? text : `${text}: ${typeof value === 'object' && value === null ? 'null' : JSON.stringify(value)}`;
  return detail === '' ? shown : `${shown}: ${detail}`;
}

const fieldErrorText = (error: FieldError): string => `${error.field}: ${fieldErrorBody(error)}`;

/** `Deployment.apps "web" is invalid: spec.replicas: Invalid value: …`; several complaints stand in brackets. */
export function invalid({ resource }: Pick<KindDefinition, 'resource'>, name: string, errors: readonly FieldError[]): StatusError {
  const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;
  const texts = errors.map(fieldErrorText);
  const joined = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const causes = errors.map((error) => ({ reason: causeReasons[error.type], message: fieldErrorBody(error), field: error.field }));
  return new StatusError('Invalid', `${kind} "${name}" is invalid: ${joined}`, { name, ...(resource.group === '' ? {} : { group: resource.group }), kind: resource.kind, causes });
}
