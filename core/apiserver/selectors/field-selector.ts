import type { KindDefinition } from '../../api/kind.js';
import type { KubeObject } from '../../api/resource.js';
import { badRequest } from '../refusals.js';

export interface FieldTerm { readonly field: string; readonly equal: boolean; readonly value: string }

const longest = 64 * 1024;

/**
 * `k=v,k==v,k!=v`; `\,`, `\=` and `\\` stand for themselves. Throws BadRequest for other text and for fields this kind cannot select by.
 * k8s: concepts/overview/working-with-objects/field-selectors
 */
export function parseFieldSelector(text: string | undefined, kind: KindDefinition): readonly FieldTerm[] {
  if (text === undefined || text === '') return [];
  if (text.length > longest) throw badRequest('invalid selector: the field selector is too long');
  return text.split(/(?<!\\),/).filter((part) => part !== '').map((part) => parseTerm(part, kind));
}

function parseTerm(part: string, kind: KindDefinition): FieldTerm {
  const match = /^(.*?)(!=|==|=)(.*)$/s.exec(part);
  if (match === null) throw badRequest(`invalid selector: '${part.slice(0, 200)}'; can't understand '${part.slice(0, 200)}'`);
  const field = match[1] ?? '';
  if (field !== 'metadata.name' && field !== 'metadata.namespace' && !Object.hasOwn(kind.fields, field)) {
    throw badRequest(`field label not supported: ${field.slice(0, 200)}`);
  }
  return { field, equal: match[2] !== '!=', value: (match[3] ?? '').replaceAll(/\\([\\,=])/g, '$1') };
}

export const matchesFields = (terms: readonly FieldTerm[], kind: KindDefinition, object: KubeObject): boolean =>
  terms.every(({ field, equal, value }) => (fieldOf(kind, field, object) === value) === equal);

function fieldOf(kind: KindDefinition, field: string, object: KubeObject): string {
  if (field === 'metadata.name') return object.metadata.name;
  if (field === 'metadata.namespace') return object.metadata.namespace ?? '';
  return kind.fields[field]?.(object) ?? '';
}

/** The value a field must have, when one term says so. */
export const requiredValue = (terms: readonly FieldTerm[], field: string): string | undefined =>
  terms.find((term) => term.field === field && term.equal)?.value;
