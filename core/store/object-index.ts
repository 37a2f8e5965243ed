import type { KubeObject } from '../api/resource.js';
import { SortedSlots, type Slot } from './sorted-slots.js';

/** Under which values an object is found. Pure; the same object always gives the same values. */
export type IndexValues = (object: KubeObject) => readonly string[];

export const nodeValues: IndexValues = (object) => {
  const node = (object as { readonly spec?: { readonly nodeName?: unknown } }).spec?.nodeName;
  return typeof node === 'string' && node !== '' ? [node] : [];
};

export const ownerValues: IndexValues = ({ metadata }) => [...new Set(metadata.ownerReferences?.map(({ uid }) => uid))];

export const labelValues = (label: string): IndexValues => ({ metadata }) => {
  const value = metadata.labels?.[label];
  return value === undefined ? [] : [value];
};

const none = new SortedSlots();

/** Finds slots by a value of their objects. */
export class ObjectIndex {
  private readonly found = new Map<string, SortedSlots>();

  constructor(private readonly values: IndexValues, slots: Iterable<Slot>) {
    const lists = new Map<string, Slot[]>();
    for (const slot of slots) {
      for (const value of values(slot.object)) {
        const list = lists.get(value);
        if (list) list.push(slot); else lists.set(value, [slot]);
      }
    }
    for (const [value, list] of lists) this.found.set(value, SortedSlots.of(list));
  }

  get(value: string): SortedSlots { return this.found.get(value) ?? none; }

  /** The slot's object went from `previous` to `next`; undefined when it was not there, or is not any more. */
  moved(slot: Slot, previous: KubeObject | undefined, next: KubeObject | undefined): void {
    const before = previous ? this.values(previous) : [];
    const after = next ? this.values(next) : [];
    for (const value of before) if (!after.includes(value)) this.take(value, slot);
    for (const value of after) if (!before.includes(value)) this.put(value, slot);
  }

  private put(value: string, slot: Slot): void {
    let slots = this.found.get(value);
    if (!slots) this.found.set(value, (slots = new SortedSlots()));
    slots.insert(slot);
  }

  private take(value: string, slot: Slot): void {
    const slots = this.found.get(value);
    slots?.remove(slot);
    if (slots?.size === 0) this.found.delete(value);
  }
}
