import type { KindDefinition } from '../../api/kind.js';
import { apiVersionOf, type KubeObject } from '../../api/resource.js';
import { badRequest } from '../refusals.js';
import { partial, table, type IncludeObject } from '../tables/table.js';
import type { ListResult } from '../verbs/list.js';
import type { Answer } from './exchange.js';
import type { Format } from './negotiate.js';

export interface Presentation {
  readonly format: Format;
  readonly includeObject: IncludeObject;
  /** ms since 1970 */
  readonly now: number;
}

/** Longer lists are written in pieces: one text of them all would hold up everybody while it is made. */
const longList = 500;
const itemsInPiece = 100;

function* listPieces(head: object, items: readonly KubeObject[]): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
  for (let at = 0; at < items.length; at += itemsInPiece) {
    yield `${at === 0 ? '' : ','}${items.slice(at, at + itemsInPiece).map((item) => JSON.stringify(item)).join(',')}`;
  }
  yield ']}\n';
}

/** Throws BadRequest. */
export function includeObjectOf(query: URLSearchParams): IncludeObject {
  const text = query.get('includeObject') ?? '';
  if (text === '' || text === 'Metadata') return 'Metadata';
  if (text === 'Object' || text === 'None') return text;
  throw badRequest(`unrecognized includeObject value: "${text.slice(0, 64)}"`);
}

/** One object in the shape the client asked for. */
export function presentObject(kind: KindDefinition, object: KubeObject, { format, includeObject, now }: Presentation, code = 200): Answer {
  const { encoding, as } = format;
  if (as === 'Table') return { kind: 'value', code, encoding, value: table(kind, [object], { resourceVersion: object.metadata.resourceVersion }, { includeObject, now }) };
  return { kind: 'value', code, encoding, value: as === undefined ? object : partial(object) };
}

/** A list in the shape the client asked for. */
export function presentList(kind: KindDefinition, { items, revision, continue: token, remaining }: ListResult, { format, includeObject, now }: Presentation): Answer {
  const { encoding, as } = format;
  const metadata = {
    resourceVersion: String(revision), ...(token === undefined ? {} : { continue: token }), ...(remaining === undefined ? {} : { remainingItemCount: remaining }),
  };
  if (as === 'Table') return { kind: 'value', code: 200, encoding, value: table(kind, items, metadata, { includeObject, now }) };
  if (as !== undefined) return { kind: 'value', code: 200, encoding, value: { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(partial) } };
  const head = { kind: `${kind.resource.kind}List`, apiVersion: apiVersionOf(kind.resource), metadata };
  if (items.length > longList && encoding === 'json') return { kind: 'pieces', pieces: listPieces(head, items) };
  return { kind: 'value', code: 200, encoding, value: { ...head, items } };
}
