import type { KindDefinition } from '../../api/kind.js';
import type { WriteDocument } from './documents.js';

/** As much as kubectl needs to leave validation to the server: a PATCH with `fieldValidation` for each kind. */
export const writeMinimalDocument: WriteDocument = (groupVersion, kinds) => Promise.resolve({
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: groupVersion },
  paths: Object.fromEntries(kinds.map((kind) => [pathOf(kind), { patch: operation(kind) }])),
  components: { schemas: {} },
});

const pathOf = ({ resource: { group, version, plural, namespaced } }: KindDefinition): string =>
  `${group === '' ? '/api' : `/apis/${group}`}/${version}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}/{name}`;

const operation = ({ resource: { group, version, kind } }: KindDefinition): object => ({
  parameters: [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }],
  'x-kubernetes-group-version-kind': { group, version, kind },
  responses: { 200: { description: 'OK' } },
});
