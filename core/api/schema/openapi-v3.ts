import type { KindDefinition } from '../kind.js';
import { apiVersionOf, type Resource } from '../resource.js';
import { listMerges, retainKeysStructs } from './merge-keys.js';
import { builtInMessages, type MessageField, type MessageTable } from './messages.js';
import { requiredFields } from './required.js';
import { descriptions } from './descriptions.js';

/** OpenAPI v3 of one group and version, from the same table that decodes. k8s: concepts/overview/kubernetes-api#openapi-interface-definition */

type Schema = Readonly<Record<string, unknown>>;

const scalars: Readonly<Record<string, Schema>> = {
  string: { type: 'string' }, bool: { type: 'boolean' }, int32: { type: 'integer', format: 'int32' }, int64: { type: 'integer', format: 'int64' }, double: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' }, 'meta.Time': { type: 'string', format: 'date-time' }, 'meta.MicroTime': { type: 'string', format: 'date-time' },
  'resource.Quantity': { type: 'string' }, 'intstr.IntOrString': { 'x-kubernetes-int-or-string': true, oneOf: [{ type: 'integer' }, { type: 'string' }] },
  'meta.FieldsV1': { type: 'object' }, 'runtime.RawExtension': { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
};

/** `apps/v1.Deployment` → `io.k8s.api.apps.v1.Deployment`, as Kubernetes names definitions. */
export function definitionName(message: string): string {
  if (message.startsWith('meta.')) return `io.k8s.apimachinery.pkg.apis.meta.v1.${message.slice(5)}`;
  return message.includes('/') ? `io.k8s.api.${message.replace('/', '.')}` : `io.k8s.api.core.v1.${message}`;
}

function elementSchema(type: string): Schema {
  return scalars[type] ?? { $ref: `#/components/schemas/${definitionName(type)}` };
}

/** A `$ref` may have no siblings in OpenAPI 3.0, so a described one goes through `allOf`. */
const described = (schema: Schema, description: string | undefined): Schema =>
  (description === undefined ? schema : '$ref' in schema ? { description, allOf: [schema], default: {} } : { ...schema, description });

function fieldSchema(message: string, { name, type, shape }: MessageField): Schema {
  const element = elementSchema(type);
  const description = descriptions[message]?.[name];
  if (shape === 'single') return described(element, description);
  if (shape === 'map') return described({ type: 'object', additionalProperties: element }, description);
  const merge = listMerges[message]?.[name];
  const keys = merge === undefined ? {} : merge.patchKey === ''
    ? { 'x-kubernetes-list-type': 'set', 'x-kubernetes-patch-strategy': 'merge' }
    : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': merge.listKeys ?? [merge.patchKey], 'x-kubernetes-patch-merge-key': merge.patchKey, 'x-kubernetes-patch-strategy': merge.retainKeys === true ? 'merge,retainKeys' : 'merge' };
  return described({ type: 'array', items: element, ...(merge === undefined ? { 'x-kubernetes-list-type': 'atomic' } : keys) }, description);
}

function messageSchema(message: string, table: MessageTable, gvk: Schema | undefined): Schema {
  const properties: Record<string, Schema> = gvk === undefined ? {} : {
    apiVersion: { type: 'string', description: 'APIVersion defines the versioned schema of this representation of an object.' },
    kind: { type: 'string', description: 'Kind is the name of the REST resource this object represents.' },
  };
  const fill = (from: string): void => {
    for (const field of table.get(from) ?? []) {
      if (field.inline) fill(field.type);
      else properties[field.name] = { ...fieldSchema(from, field), ...(retainKeysStructs[from]?.includes(field.name) === true ? { 'x-kubernetes-patch-strategy': 'retainKeys' } : {}) };
    }
  };
  fill(message);
  const required = (requiredFields[message] ?? []).filter((name) => properties[name] !== undefined && message !== 'meta.ObjectMeta' && name !== 'spec');
  return {
    type: 'object', description: descriptions[message]?.[''] ?? `${message.slice(message.lastIndexOf('.') + 1)} of ${definitionName(message)}.`, properties,
    ...(required.length === 0 ? {} : { required }), ...(gvk === undefined ? {} : { 'x-kubernetes-group-version-kind': [gvk] }),
  };
}

/** The messages that `roots` are made of, themselves included. */
function closure(roots: readonly string[], table: MessageTable): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [...roots];
  for (let message = waiting.pop(); message !== undefined; message = waiting.pop()) {
    if (seen.has(message) || !table.has(message)) continue;
    seen.add(message);
    waiting.push(...(table.get(message) ?? []).map(({ type }) => type));
  }
  return seen;
}

const gvkOf = ({ group, version, kind }: Resource): Schema => ({ group, version, kind });
const query = (name: string, type: string): Schema => ({ name, in: 'query', schema: { type, uniqueItems: true } });
const patchTypes = ['application/json-patch+json', 'application/merge-patch+json', 'application/strategic-merge-patch+json'];

function operation(action: string, { resource, message }: KindDefinition): Schema {
  const schema = { $ref: `#/components/schemas/${definitionName(message)}` };
  const body = action === 'post' || action === 'put' ? { requestBody: { content: { '*/*': { schema } }, required: true } }
    : action === 'patch' ? { requestBody: { content: Object.fromEntries(patchTypes.map((type) => [type, { schema: { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Patch' } }])), required: true } } : {};
  return {
    operationId: `${action}${resource.kind}`, 'x-kubernetes-action': action, 'x-kubernetes-group-version-kind': gvkOf(resource), ...body,
    ...(action === 'get' || action === 'list' ? {} : { parameters: [query('dryRun', 'string'), query('fieldManager', 'string'), query('fieldValidation', 'string')] }),
    responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
  };
}

function pathsOf(definition: KindDefinition): Readonly<Record<string, Schema>> {
  const { resource } = definition;
  const base = `/${resource.group === '' ? 'api' : 'apis'}/${apiVersionOf(resource)}`;
  const collection = `${base}${resource.namespaced ? '/namespaces/{namespace}' : ''}/${resource.plural}`;
  const path = (name: string): Schema => ({ name, in: 'path', required: true, schema: { type: 'string', uniqueItems: true } });
  const parameters = [...(resource.namespaced ? [path('namespace')] : [])];
  return {
    [collection]: { parameters, get: operation('list', definition), post: operation('post', definition), delete: operation('deletecollection', definition) },
    [`${collection}/{name}`]: { parameters: [...parameters, path('name')], get: operation('get', definition), put: operation('put', definition), patch: operation('patch', definition), delete: operation('delete', definition) },
  };
}

/** The document of `groupVersion` for its kinds. */
export function openApiV3(groupVersion: string, kinds: readonly KindDefinition[], table: MessageTable = builtInMessages()): object {
  const gvks = new Map(kinds.map(({ message, resource }) => [message, gvkOf(resource)] as const));
  const schemas = [...closure(kinds.map(({ message }) => message), table)].map((message) => [definitionName(message), messageSchema(message, table, gvks.get(message))] as const);
  return {
    openapi: '3.0.0', info: { title: 'Kubernetes', version: groupVersion },
    paths: Object.assign({}, ...kinds.map(pathsOf)) as object,
    components: { schemas: { ...Object.fromEntries(schemas), 'io.k8s.apimachinery.pkg.apis.meta.v1.Patch': { type: 'object', description: 'Patch is a partial object.' } } },
  };
}
