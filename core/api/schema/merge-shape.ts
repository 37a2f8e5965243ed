import { listMerges, type ListMerge } from './merge-keys.js';
import { builtInMessages, type MessageField, type MessageTable } from './messages.js';

/** One field as a patch sees it. */
export interface FieldShape {
  /** Message of the field or of its elements; undefined for scalars and maps of scalars. */
  readonly message?: string;
  /** Set for lists that merge. */
  readonly merge?: ListMerge;
  readonly list: boolean;
}

/** Answers how the fields of messages merge; unknown messages and fields are atomic lists and granular maps. */
export class MergeShapes {
  readonly #table: MessageTable;
  readonly #fields = new Map<string, ReadonlyMap<string, FieldShape>>();

  constructor(table: MessageTable = builtInMessages()) { this.#table = table; }

  field(message: string | undefined, name: string): FieldShape {
    if (message === undefined) return { list: false };
    let fields = this.#fields.get(message);
    if (fields === undefined) this.#fields.set(message, fields = new Map(this.#shapesOf(message)));
    return fields.get(name) ?? { list: false };
  }

  #shapesOf(message: string): readonly (readonly [string, FieldShape])[] {
    return (this.#table.get(message) ?? []).flatMap((field) => (field.inline ? this.#shapesOf(field.type) : [[field.name, this.#shapeOf(message, field)] as const]));
  }

  #shapeOf(message: string, { name, type, shape }: MessageField): FieldShape {
    const merge = listMerges[message]?.[name];
    return { list: shape === 'list', ...(this.#table.has(type) && shape !== 'map' ? { message: type } : {}), ...(merge === undefined ? {} : { merge }) };
  }
}
