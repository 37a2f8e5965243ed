import { appsMessages } from './apps.messages.js';
import { coreMessages } from './core.messages.js';
import { metaMessages } from './meta.messages.js';
import { othersMessages } from './others.messages.js';
import { volumesMessages } from './volumes.messages.js';

/**
 * One field of a Kubernetes message, as the API and the protobuf wire know it.
 *
 * The notation of a line in `*.messages.ts` is `Name { <number> <field>[:<type>], … }`:
 * `f[]` is a list, `f<T>` a map from string to T, `...f:T` a struct whose fields appear in the parent's JSON
 * (Go's inlined structs), and no type means string.
 */
export interface MessageField {
  /** protobuf field number. */
  readonly number: number;
  readonly name: string;
  /** Element type for lists and maps. Scalars: string int32 int64 bool bytes double; else a message name. */
  readonly type: string;
  readonly shape: 'single' | 'list' | 'map';
  /** The fields of `type` stand in this message's JSON. */
  readonly inline: boolean;
}

export type MessageTable = ReadonlyMap<string, readonly MessageField[]>;

const line = /^(\S+) \{ (.*) \}$/;
const field = /^(\d+) (\.\.\.)?([A-Za-z0-9]+)(\[\])?(?:<([^>]+)>)?(?::(.+))?$/;

function parseField(text: string): MessageField {
  const match = field.exec(text);
  if (!match) throw new Error(`schema: cannot read the field '${text}'`);
  const [, number, inline, name, list, mapType, type] = match;
  const shape = list !== undefined ? 'list' : mapType !== undefined ? 'map' : 'single';
  return { number: Number(number), name: name ?? '', type: mapType ?? type ?? 'string', shape, inline: inline !== undefined };
}

/** Reads message lines; throws on the first line it does not understand. */
export function parseMessages(text: string): Map<string, readonly MessageField[]> {
  const table = new Map<string, readonly MessageField[]>();
  for (const row of text.split('\n')) {
    if (row.trim() === '') continue;
    const match = line.exec(row);
    if (!match) throw new Error(`schema: cannot read the line '${row}'`);
    table.set(match[1] ?? '', (match[2] ?? '').split(', ').map(parseField));
  }
  return table;
}

/** Every built-in message, by its name: `Pod`, `apps/v1.Deployment`, `meta.ObjectMeta`. */
export function builtInMessages(): MessageTable {
  return parseMessages([metaMessages, coreMessages, volumesMessages, appsMessages, othersMessages].join('\n'));
}
