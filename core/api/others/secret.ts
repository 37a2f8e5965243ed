import { ageColumn, nameColumn } from '../columns.js';
import { kind, type FieldError } from '../kind.js';
import type { Draft } from '../resource.js';
import { secrets } from '../resources.js';
import type { Secret } from '../types.js';
import { immutable, required } from '../validation/errors.js';
import { validateMetadata } from '../validation/metadata.js';
import { validateData, validateImmutable } from './config-map.js';

/** `stringData` is write-only: it becomes base64 in `data`. k8s: reference/kubernetes-api/config-and-storage-resources/secret-v1 */
function defaults({ stringData, ...secret }: Draft<Secret>): Draft<Secret> {
  const typed = { ...secret, type: secret.type === undefined || secret.type === '' ? 'Opaque' : secret.type };
  if (stringData === undefined) return typed;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(text, 'utf8').toString('base64')] as const);
  return { ...typed, data: { ...secret.data, ...Object.fromEntries(encoded) } };
}

/** Keys that a type promises. */
const promised: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'], 'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'], 'kubernetes.io/tls': ['tls.crt', 'tls.key'], 'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

const validate = ({ metadata, data, type = '' }: Draft<Secret>): readonly FieldError[] => [
  ...validateMetadata(metadata), ...validateData({ data }),
  ...(promised[type] ?? []).filter((key) => data?.[key] === undefined).map((key) => required(`data[${key}]`)),
];

export const secretKind = kind<Secret>({
  resource: secrets, singular: 'secret', shortNames: [], categories: [], message: 'Secret', subresources: [], fields: { type: ({ type }) => type ?? '' },
  columns: [nameColumn, { name: 'Type', type: 'string', cell: ({ type }) => type ?? '' }, { name: 'Data', type: 'string', cell: ({ data }) => String(Object.keys(data ?? {}).length) }, ageColumn],
  strategy: {
    hasGeneration: false, defaults, validate,
    validateUpdate: (next, previous) => [...(next.type === previous.type ? [] : [immutable('type', next.type)]), ...validateImmutable(next, previous, ['data'])],
  },
});
