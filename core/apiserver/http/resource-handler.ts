import type { Draft, KubeObject } from '../../api/resource.js';
import type { DeleteOptions } from '../../api/types.js';
import { methodNotAllowed } from '../refusals.js';
import { select } from '../selectors/selection.js';
import { create } from '../verbs/create.js';
import { deleteCollection } from '../verbs/delete-collection.js';
import { remove } from '../verbs/delete.js';
import { get, parseResourceVersion } from '../verbs/get.js';
import { list } from '../verbs/list.js';
import { update } from '../verbs/update.js';
import type { ApiContext } from './api-context.js';
import { decodeDeleteOptions } from './decode-delete-options.js';
import { decodeObject } from './decode-object.js';
import { parseBody, parseOptionalBody, type Answer, type Exchange } from './exchange.js';
import { negotiate } from './negotiate.js';
import { patchObject } from './patch-handler.js';
import { includeObjectOf, presentList, presentObject, type Presentation } from './present.js';
import { checkDryRun, deleteOptions, fieldValidation, listOptions, selectorTexts, writeOptions } from './query.js';
import { targetOf, type ResourceTarget } from './resource-target.js';
import { deleted } from './status-body.js';
import { handleWatch } from './watch-handler.js';

type Handler = (context: ApiContext, exchange: Exchange, target: ResourceTarget) => Promise<Answer> | Answer;

/** Kubernetes' name of what a method means here. */
export function verbOf(method: string, named: boolean, query: URLSearchParams): string {
  if (method === 'GET' && ['1', 'true'].includes(query.get('watch') ?? '')) return 'watch';
  if (method === 'GET' || method === 'HEAD') return named ? 'get' : 'list';
  const verbs: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: named ? 'delete' : 'deletecollection' };
  return verbs[method] ?? method.toLowerCase();
}

const handlers: Readonly<Record<string, Handler>> = {
  watch: handleWatch, get: handleGet, list: handleList, create: handleCreate, update: handleUpdate, patch: handlePatch, delete: handleDelete,
  deletecollection: handleDeleteCollection,
};

/** Objects and collections. Throws StatusError. */
export function handleResource(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> | Answer {
  const handler = handlers[verbOf(exchange.method, target.name !== undefined, exchange.query)];
  const misplaced = (exchange.method === 'POST') === (target.name !== undefined) && exchange.method !== 'GET' && exchange.method !== 'HEAD' && exchange.method !== 'DELETE';
  const overAll = target.kind.resource.namespaced && target.namespace === undefined && exchange.method !== 'GET' && exchange.method !== 'HEAD';
  if (handler === undefined || misplaced || overAll) throw methodNotAllowed();
  return handler(context, exchange, target);
}

export const presentation = (context: ApiContext, { request, query }: Exchange): Presentation =>
  ({ format: negotiate(request.headers.accept), includeObject: includeObjectOf(query), now: context.verbs.clock.now() });

function handleGet(context: ApiContext, exchange: Exchange, target: ResourceTarget): Answer {
  parseResourceVersion(exchange.query.get('resourceVersion') ?? undefined, context.verbs.store.revision());
  const shown = presentation(context, exchange);
  return presentObject(target.kind, get(context.verbs, targetOf(target)), shown);
}

function handleList(context: ApiContext, exchange: Exchange, { kind, namespace }: ResourceTarget): Answer {
  const shown = presentation(context, exchange);
  const selection = select(kind, namespace, selectorTexts(exchange.query));
  return presentList(kind, list(context.verbs, selection, listOptions(exchange.query)), shown);
}

/** The body as an object of the kind, as strictly as the client asked. */
export async function readObject({ schemas }: ApiContext, exchange: Exchange, { kind }: ResourceTarget): Promise<Draft<KubeObject>> {
  const validation = fieldValidation(exchange.query);
  return decodeObject(kind, await parseBody(exchange), { validation, decoders: schemas.decoders, warn: (text) => exchange.warnings.push(text) });
}

async function handleCreate(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const shown = presentation(context, exchange);
  const options = writeOptions(exchange.query, (text) => exchange.warnings.push(text));
  const { kind, namespace } = target;
  const draft = await readObject(context, exchange, target);
  const object = await create(context.verbs, { kind, ...(namespace === undefined ? {} : { namespace }) }, draft, options);
  return presentObject(kind, object, shown, 201);
}

async function handleUpdate(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const shown = presentation(context, exchange);
  const options = writeOptions(exchange.query, (text) => exchange.warnings.push(text));
  const next = await readObject(context, exchange, target) as KubeObject;
  return presentObject(target.kind, await update(context.verbs, targetOf(target), next, options), shown);
}

async function handlePatch(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const shown = presentation(context, exchange);
  const options = writeOptions(exchange.query, (text) => exchange.warnings.push(text));
  const named = targetOf(target);
  const object = await patchObject(context, exchange, target, (next) => update(context.verbs, named, next, options));
  return presentObject(target.kind, object, shown);
}

export async function readDeleteOptions(exchange: Exchange): Promise<DeleteOptions> {
  const body = await parseOptionalBody(exchange);
  return deleteOptions(exchange.query, body === undefined ? {} : decodeDeleteOptions(body.value));
}

async function handleDelete(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const shown = presentation(context, exchange);
  const options = await readDeleteOptions(exchange);
  const dryRun = checkDryRun(options.dryRun ?? [], 'DeleteOptions');
  const { object, gone } = await remove(context.verbs, targetOf(target), options, { dryRun });
  return gone ? { kind: 'value', code: 200, value: deleted(target.kind.resource, object.metadata) } : presentObject(target.kind, object, shown);
}

async function handleDeleteCollection(context: ApiContext, exchange: Exchange, { kind, namespace }: ResourceTarget): Promise<Answer> {
  const shown = presentation(context, exchange);
  const options = await readDeleteOptions(exchange);
  const dryRun = checkDryRun(options.dryRun ?? [], 'DeleteOptions');
  const selection = select(kind, namespace, selectorTexts(exchange.query));
  return presentList(kind, await deleteCollection(context.verbs, selection, listOptions(exchange.query), { deleteOptions: options, options: { dryRun } }), shown);
}
