import { isObject, isSafeKey, PatchError, type Json } from './patch-error.js';
import { canonicalJson } from '../../api/template-hash.js';

/** k8s: MaxJSONPatchOperations */
const maxOperations = 10_000;

interface Operation { readonly op: string; readonly path: string; readonly from?: string; readonly value?: Json }

/** RFC 6902. Nothing is modified; what no operation touches is shared. Throws {@link PatchError}. */
export function jsonPatch(document: Json, patch: Json): Json {
  if (!Array.isArray(patch)) throw new PatchError('BadRequest', 'json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  if (patch.length > maxOperations) throw new PatchError('BadRequest', `The allowed maximum operations in a JSON patch is ${String(maxOperations)}, got ${String(patch.length)}`);
  return (patch as readonly Json[]).map(operationOf).reduce(apply, document);
}

function operationOf(entry: Json): Operation {
  if (!isObject(entry) || typeof entry['op'] !== 'string' || typeof entry['path'] !== 'string') throw new PatchError('BadRequest', `a JSON patch operation needs "op" and "path": ${JSON.stringify(entry).slice(0, 200)}`);
  return entry as unknown as Operation;
}

const pointer = (path: string): readonly string[] => {
  if (path === '') return [];
  if (!path.startsWith('/')) throw new PatchError('Invalid', `the path ${JSON.stringify(path)} does not start with a slash`);
  const keys = path.slice(1).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (!keys.every(isSafeKey)) throw new PatchError('BadRequest', `the path ${JSON.stringify(path)} is not allowed`);
  return keys;
};

function apply(document: Json, operation: Operation): Json {
  const path = pointer(operation.path);
  switch (operation.op) {
    case 'add': return change(document, path, (place) => add(place, valueOf(operation)));
    case 'replace': return change(document, path, (place) => replace(place, valueOf(operation)));
    case 'remove': return change(document, path, remove);
    case 'copy': return change(document, path, (place) => add(place, read(document, operation)));
    case 'move': {
      const value = read(document, operation);
      return change(change(document, pointer(operation.from ?? ''), remove), path, (place) => add(place, value));
    }
    case 'test': return test(document, operation);
    default: throw new PatchError('BadRequest', `Unexpected kind: ${operation.op}`);
  }
}

const valueOf = ({ op, path, value }: Operation): Json => {
  if (value === undefined) throw new PatchError('BadRequest', `the operation ${op} ${path} has no value`);
  return value;
};

const missing = (path: readonly string[]): PatchError => new PatchError('Invalid', `the server rejected our request due to an error in our request: no such path /${path.join('/')}`);

function indexIn(list: readonly Json[], key: string, end: number): number {
  if (!/^(0|[1-9]\d{0,8})$/.test(key) || Number(key) >= end) throw new PatchError('Invalid', `the index ${key} is out of the list's bounds (${String(list.length)})`);
  return Number(key);
}

const child = (value: Json | undefined, key: string): Json | undefined =>
  (Array.isArray(value) ? (value as readonly Json[])[indexIn(value as readonly Json[], key, value.length)] : isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);

function read(document: Json, { from, op, path }: Operation): Json {
  if (from === undefined) throw new PatchError('BadRequest', `the operation ${op} ${path} has no "from"`);
  const keys = pointer(from);
  const value = keys.reduce<Json | undefined>(child, document);
  if (value === undefined) throw missing(keys);
  return value;
}

/** The container of the last key, as a copy that may be changed. */
type Place = { readonly list: Json[]; readonly key: string } | { readonly object: Record<string, Json | undefined>; readonly key: string } | { readonly root: Json };

/** Copies the way down to `path`, lets `edit` change the last step and answers the new document. */
function change(document: Json, path: readonly string[], edit: (place: Place) => Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return edit({ root: document }) ?? null;
  const copy: Json[] | Record<string, Json | undefined> | undefined = Array.isArray(document) ? [...(document as readonly Json[])] : isObject(document) ? { ...document } : undefined;
  if (copy === undefined) throw missing(path);
  if (rest.length === 0) { edit(Array.isArray(copy) ? { list: copy, key } : { object: copy, key }); return copy as Json; }
  const inner = child(document, key);
  if (inner === undefined) throw missing(path);
  const changed = change(inner, rest, edit);
  if (Array.isArray(copy)) copy[Number(key)] = changed;
  else copy[key] = changed;
  return copy as Json;
}

function add(place: Place, value: Json): Json | undefined {
  if ('root' in place) return value;
  if ('object' in place) place.object[place.key] = value;
  else if (place.key === '-') place.list.push(value);
  else place.list.splice(indexIn(place.list, place.key, place.list.length + 1), 0, value);
  return undefined;
}

function replace(place: Place, value: Json): Json | undefined {
  if ('root' in place) return value;
  if ('list' in place) { place.list[indexIn(place.list, place.key, place.list.length)] = value; return undefined; }
  if (!Object.hasOwn(place.object, place.key)) throw missing([place.key]);
  place.object[place.key] = value;
  return undefined;
}

function remove(place: Place): Json | undefined {
  if ('root' in place) return null;
  if ('list' in place) { place.list.splice(indexIn(place.list, place.key, place.list.length), 1); return undefined; }
  if (!Object.hasOwn(place.object, place.key)) throw missing([place.key]);
  delete place.object[place.key];
  return undefined;
}

function test(document: Json, { path, value }: Operation): Json {
  const found = pointer(path).reduce<Json | undefined>(child, document);
  if (canonicalJson(found) !== canonicalJson(value)) throw new PatchError('Invalid', `the server rejected our request due to an error in our request: testing value ${path} failed`);
  return document;
}

