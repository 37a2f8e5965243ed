import { ageColumn, nameColumn } from '../columns.js';
import { kind, type FieldError } from '../kind.js';
import type { Draft } from '../resource.js';
import { configMaps } from '../resources.js';
import type { ConfigMap } from '../types.js';
import { forbidden, invalid, tooLong } from '../validation/errors.js';
import { validateMetadata } from '../validation/metadata.js';
import { configMapKey } from '../validation/names.js';
import { canonicalJson } from '../template-hash.js';

/** k8s: MaxSecretSize, also for ConfigMaps */
export const maxDataBytes = 1024 * 1024;

/** Keys, and the sum of the values. Shared with Secret. */
export function validateData(maps: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>): readonly FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  for (const [field, map] of Object.entries(maps)) {
    for (const [key, value] of Object.entries(map ?? {})) {
      errors.push(...configMapKey(key).map((message) => invalid(`${field}[${key}]`, key, message)));
      size += Buffer.byteLength(value);
    }
  }
  return size > maxDataBytes ? [...errors, tooLong('', maxDataBytes)] : errors;
}

function validate({ metadata, data, binaryData }: Draft<ConfigMap>): readonly FieldError[] {
  const both = Object.keys(data ?? {}).filter((key) => binaryData?.[key] !== undefined);
  return [...validateMetadata(metadata), ...validateData({ data, binaryData }), ...both.map((key) => invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'))];
}

/** k8s: concepts/configuration/configmap#configmap-immutable. Also for Secret, whose data is one map. */
export function validateImmutable<T extends { readonly immutable?: boolean }>(next: T, previous: T, maps: readonly (keyof T & string)[]): readonly FieldError[] {
  if (previous.immutable !== true) return [];
  return [
    ...(next.immutable === true ? [] : [forbidden('immutable', 'field is immutable when `immutable` is set')]),
    ...maps.filter((map) => canonicalJson(next[map]) !== canonicalJson(previous[map])).map((map) => forbidden(map, 'field is immutable when `immutable` is set')),
  ];
}

export const configMapKind = kind<ConfigMap>({
  resource: configMaps, singular: 'configmap', shortNames: ['cm'], categories: [], message: 'ConfigMap', subresources: [], fields: {},
  columns: [nameColumn, { name: 'Data', type: 'string', cell: ({ data, binaryData }) => String(Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length) }, ageColumn],
  strategy: { hasGeneration: false, validate, validateUpdate: (next, previous) => validateImmutable(next, previous, ['data', 'binaryData']) },
});
