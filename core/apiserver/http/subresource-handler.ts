import type { KubeObject } from '../../api/resource.js';
import type { Binding, Eviction, Pod, Scale } from '../../api/types.js';
import { badRequest, methodNotAllowed } from '../refusals.js';
import { bind } from '../verbs/binding.js';
import { evict } from '../verbs/eviction.js';
import { finalize } from '../verbs/finalize.js';
import { get } from '../verbs/get.js';
import { patch } from '../verbs/patch.js';
import { getScale, newestScale, setScale } from '../verbs/scale.js';
import { updateStatus } from '../verbs/status.js';
import type { Target } from '../verbs/context.js';
import type { ApiContext } from './api-context.js';
import { applyPatch } from './apply-patch.js';
import { decodeDeleteOptions } from './decode-delete-options.js';
import { parseBody, value, type Answer, type Exchange } from './exchange.js';
import { handleLog } from './log-handler.js';
import { patchObject, readPatch } from './patch-handler.js';
import { presentObject } from './present.js';
import { checkDryRun, writeOptions } from './query.js';
import { presentation, readObject } from './resource-handler.js';
import { targetOf, type ResourceTarget } from './resource-target.js';
import { success } from './status-body.js';

type Handler = (context: ApiContext, exchange: Exchange, target: ResourceTarget) => Promise<Answer> | Answer;
type Methods = Readonly<Partial<Record<string, Handler>>>;

/** One row a subresource; the table of kinds says which kind has which. */
const subresources: Readonly<Record<string, Methods>> = {
  status: { GET: getMain, PUT: putStatus, PATCH: patchStatus },
  scale: { GET: (context, _exchange, target) => value(getScale(context.verbs, targetOf(target))), PUT: putScale, PATCH: patchScale },
  log: { GET: handleLog },
  eviction: { POST: postEviction },
  binding: { POST: postBinding },
  finalize: { PUT: putFinalize },
};

/** Throws StatusError. */
export function handleSubresource(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> | Answer {
  const handler = subresources[target.subresource ?? '']?.[exchange.method];
  if (handler === undefined) throw methodNotAllowed();
  return handler(context, exchange, target);
}

const options = (exchange: Exchange): ReturnType<typeof writeOptions> => writeOptions(exchange.query, (text) => exchange.warnings.push(text));

function getMain(context: ApiContext, exchange: Exchange, target: ResourceTarget): Answer {
  return presentObject(target.kind, get(context.verbs, targetOf(target)), presentation(context, exchange));
}

async function putStatus(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const next = await readObject(context, exchange, target) as KubeObject;
  return presentObject(target.kind, await updateStatus(context.verbs, targetOf(target), next, options(exchange)), presentation(context, exchange));
}

async function patchStatus(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const named = targetOf(target);
  const object = await patchObject(context, exchange, target, (next) => updateStatus(context.verbs, named, next, options(exchange)));
  return presentObject(target.kind, object, presentation(context, exchange));
}

async function putScale(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  return value(await setScale(context.verbs, targetOf(target), asScale((await parseBody(exchange)).value), options(exchange)));
}

async function patchScale(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const { type, body } = await readPatch(exchange);
  const named = targetOf(target);
  return value(await patch(context.verbs, named, {
    base: () => newestScale(context.verbs, named),
    apply: (base) => asScale(applyPatch({ type, body: body.value, message: 'autoscaling/v1.Scale', shapes: context.schemas.shapes }, base)),
    write: (next: Scale) => setScale(context.verbs, named, next, options(exchange)),
  }));
}

/** What a body must look like for the verb to look at it. Throws BadRequest. */
function asBody(body: unknown, kind: string): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest(`${kind} cannot be read: the body must be an object`);
  const given: unknown = (body as Readonly<Record<string, unknown>>)['kind'];
  if (given !== undefined && given !== '' && given !== kind) throw badRequest(`${String(given).slice(0, 100)} cannot be handled as a ${kind}`);
  return body as Readonly<Record<string, unknown>>;
}

function objectAt(body: Readonly<Record<string, unknown>>, field: string, kind: string): Readonly<Record<string, unknown>> {
  const found = body[field] ?? {};
  if (typeof found !== 'object' || Array.isArray(found)) throw badRequest(`${kind} cannot be read: ${field} must be an object`);
  return found as Readonly<Record<string, unknown>>;
}

function asScale(body: unknown): Scale {
  const scale = asBody(body, 'Scale');
  return { metadata: objectAt(scale, 'metadata', 'Scale'), spec: objectAt(scale, 'spec', 'Scale') } as unknown as Scale;
}

async function postEviction(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const body = asBody((await parseBody(exchange)).value, 'Eviction') as unknown as Eviction;
  const how = decodeDeleteOptions(body.deleteOptions);
  const dryRun = options(exchange).dryRun === true || checkDryRun(how.dryRun ?? [], 'DeleteOptions');
  await evict(context.verbs, targetOf(target) as unknown as Target<Pod>, how, { dryRun });
  return value(success(201), 201);
}

async function postBinding(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const body = asBody((await parseBody(exchange)).value, 'Binding');
  const { uid } = objectAt(body, 'metadata', 'Binding') as Partial<Binding['metadata']>;
  const { name } = objectAt(body, 'target', 'Binding');
  if (name !== undefined && typeof name !== 'string') throw badRequest('Binding cannot be read: target.name must be a string');
  await bind(context.verbs, targetOf(target) as unknown as Target<Pod>, { node: name ?? '', ...(typeof uid === 'string' ? { uid } : {}) }, options(exchange));
  return value(success(201), 201);
}

async function putFinalize(context: ApiContext, exchange: Exchange, target: ResourceTarget): Promise<Answer> {
  const next = await readObject(context, exchange, target) as KubeObject;
  return presentObject(target.kind, await finalize(context.verbs, targetOf(target), next, options(exchange)), presentation(context, exchange));
}
