import type { KubeObject } from '../../api/resource.js';
import { StatusError } from '../../api/status-error.js';
import type { Parsed } from '../codecs/codec.js';
import { mediaType } from '../codecs/choose.js';
import { parseJson } from '../codecs/json.js';
import { utf8 } from '../codecs/utf8.js';
import { patch } from '../verbs/patch.js';
import type { ApiContext } from './api-context.js';
import { applyPatch, isPatchType } from './apply-patch.js';
import { readBody } from './body.js';
import { decodeObject } from './decode-object.js';
import type { Exchange } from './exchange.js';
import { fieldValidation } from './query.js';
import { targetOf, type ResourceTarget } from './resource-target.js';

/** The patch of a PATCH request. Throws UnsupportedMediaType, BadRequest. */
export async function readPatch({ request }: Exchange): Promise<{ readonly type: string; readonly body: Parsed }> {
  const type = mediaType(request.headers['content-type']);
  if (type === 'application/apply-patch+yaml' || type === 'application/apply-patch+cbor') {
    throw new StatusError('UnsupportedMediaType', 'server-side apply is not supported yet: leave --server-side out');
  }
  if (!isPatchType(type)) {
    throw new StatusError('UnsupportedMediaType', 'the body of the request was in an unknown format - accepted media types include: '
      + 'application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json');
  }
  return { type, body: parseJson(utf8(await readBody(request))) };
}

/** Patches an object of the kind; `write` says which part of the result counts. */
export async function patchObject(context: ApiContext, exchange: Exchange, target: ResourceTarget, write: (next: KubeObject) => Promise<KubeObject>): Promise<KubeObject> {
  const { schemas } = context;
  const validation = fieldValidation(exchange.query);
  const { type, body } = await readPatch(exchange);
  return patch(context.verbs, targetOf(target), {
    base: (object: KubeObject): KubeObject => object,
    apply: (base) => {
      const value = applyPatch({ type, body: body.value, message: target.kind.message, shapes: schemas.shapes }, base);
      return decodeObject(target.kind, { value, duplicates: body.duplicates }, { validation, decoders: schemas.decoders, warn: (text) => exchange.warnings.push(text) }) as KubeObject;
    },
    write,
  });
}
