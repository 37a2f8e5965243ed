import { builtInMessages, type MessageField, type MessageTable } from './messages.js';
import { scalarDecoders } from './scalars.js';

/** What a decoder notes on its way. */
export interface DecodeNotes {
  /** Paths of fields the message does not have: `spec.template.spec.containers[0].imagee`. */
  readonly unknown: string[];
}

/** A value does not have its field's type; nothing of the object is used. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  constructor(readonly found: string, readonly struct: string, readonly field: string, readonly wanted: string) {
    super(`json: cannot unmarshal ${found} into Go struct field ${struct}.${field} of type ${wanted}`);
  }
}

export interface DecodePlace { readonly message: string; readonly path: string }

/** Answers the decoded value; undefined is "absent". */
export type Decoder = (value: unknown, place: DecodePlace, notes: DecodeNotes) => unknown;

export const typeNameOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `apps/v1.DeploymentSpec` → `DeploymentSpec` */
const shortName = (message: string): string => message.slice(message.lastIndexOf('.') + 1);

const kindsWithType: ReadonlySet<string> = new Set(['apiVersion', 'kind']);

/** Decoders for a table of messages, each compiled when it is first needed. */
export class MessageDecoders {
  readonly #table: MessageTable;
  readonly #compiled = new Map<string, Decoder>();

  constructor(table: MessageTable = builtInMessages()) { this.#table = table; }

  /**
   * Reads `value` (parsed JSON) as `message`: unknown fields are left out and noted, `null` is absent, and a wrong type throws {@link DecodeError}.
   * Objects without anything to leave out are answered as they are, not copied.
   */
  decode(message: string, value: Record<string, unknown>): { readonly value: Record<string, unknown>; readonly unknown: readonly string[] } {
    const notes: DecodeNotes = { unknown: [] };
    const decoded = this.#decoder(message)(value, { message: shortName(message), path: '' }, notes);
    return { value: decoded as Record<string, unknown>, unknown: notes.unknown };
  }

  #decoder(type: string): Decoder {
    const known = scalarDecoders[type] ?? this.#compiled.get(type);
    if (known) return known;
    const fields = new Map<string, Decoder>();
    const decoder = structDecoder(shortName(type), fields, type);
    this.#compiled.set(type, decoder);
    for (const field of this.#fieldsOf(type)) fields.set(field.name, this.#lazily(field));
    return decoder;
  }

  #fieldsOf(type: string): readonly MessageField[] {
    const own = this.#table.get(type);
    if (own === undefined) throw new Error(`schema: there is no message '${type}'`);
    return own.flatMap((field) => (field.inline ? this.#fieldsOf(field.type) : [field]));
  }

  #lazily({ type, shape }: MessageField): Decoder {
    let inner: Decoder | undefined;
    const element: Decoder = (value, place, notes) => (inner ??= this.#decoder(type))(value, place, notes);
    return shape === 'list' ? listDecoder(element, type) : shape === 'map' ? mapDecoder(element, type) : element;
  }
}

const goType = (type: string): string => (/^[a-z]/.test(shortName(type)) ? shortName(type) : `v1.${shortName(type)}`);

function structDecoder(name: string, fields: ReadonlyMap<string, Decoder>, type: string): Decoder {
  return (value, place, notes) => {
    if (!isRecord(value)) throw new DecodeError(typeNameOf(value), place.message, place.path, goType(type));
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(value)) {
      const given = value[key];
      const path = place.path === '' ? key : `${place.path}.${key}`;
      const decoder = fields.get(key);
      let decoded: unknown;
      if (decoder === undefined) {
        if (place.path === '' && kindsWithType.has(key)) continue;
        notes.unknown.push(path);
      } else if (given !== null && given !== undefined) decoded = decoder(given, { message: name, path }, notes);
      if (decoded === given) continue;
      copy ??= { ...value };
      if (decoded === undefined) delete copy[key];
      else copy[key] = decoded;
    }
    return copy ?? value;
  };
}

function listDecoder(element: Decoder, type: string): Decoder {
  return (value, place, notes) => {
    if (!Array.isArray(value)) throw new DecodeError(typeNameOf(value), place.message, place.path, `[]${goType(type)}`);
    let copy: unknown[] | undefined;
    for (const [index, item] of value.entries()) {
      const path = `${place.path}[${String(index)}]`;
      if (item === null) throw new DecodeError('null', place.message, path, goType(type));
      const decoded = element(item, { message: place.message, path }, notes);
      if (decoded !== item) (copy ??= [...(value as unknown[])])[index] = decoded;
    }
    return copy ?? value;
  };
}

function mapDecoder(element: Decoder, type: string): Decoder {
  return (value, place, notes) => {
    if (!isRecord(value)) throw new DecodeError(typeNameOf(value), place.message, place.path, `map[string]${goType(type)}`);
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(value)) {
      const given = value[key];
      const decoded = given === null ? emptyOf(type) : element(given, { message: place.message, path: `${place.path}.${key}` }, notes);
      if (decoded !== given) (copy ??= { ...value })[key] = decoded;
    }
    return copy ?? value;
  };
}

/** Go reads null in a map as the zero value. */
const emptyOf = (type: string): unknown => (type === 'string' || type === 'bytes' ? '' : type === 'resource.Quantity' ? '0' : {});
