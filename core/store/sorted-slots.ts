import type { KubeObject } from '../api/resource.js';

/** Where one object is kept; `object` changes with every committed write, the slot stays. */
export interface Slot {
  /** {@link slotKey} */
  readonly key: string;
  object: KubeObject;
}

/** Sorts by namespace, then name: NUL is below every character a name may have. */
export const slotKey = (namespace: string | undefined, name: string): string => `${namespace ?? ''}\0${name}`;

/** Slots in key order. */
export class SortedSlots {
  constructor(private readonly slots: Slot[] = []) {}

  /** From slots in any order, at once. */
  static of(slots: readonly Slot[]): SortedSlots {
    return new SortedSlots([...slots].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)));
  }

  get size(): number { return this.slots.length; }

  insert(slot: Slot): void { this.slots.splice(this.position(slot.key), 0, slot); }

  remove(slot: Slot): void {
    const index = this.position(slot.key);
    if (this.slots[index] === slot) this.slots.splice(index, 1);
  }

  /** A copy: all, or those of one namespace. */
  in(namespace: string | undefined): readonly Slot[] {
    if (namespace === undefined) return [...this.slots];
    return this.slots.slice(this.position(`${namespace}\0`), this.position(`${namespace}\x01`));
  }

  /** Index of the first slot whose key is not below `key`. */
  private position(key: string): number {
    let low = 0;
    let high = this.slots.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.slots[middle] as Slot).key < key) low = middle + 1; else high = middle;
    }
    return low;
  }
}
