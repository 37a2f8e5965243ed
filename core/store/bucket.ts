import type { KubeObject } from '../api/resource.js';
import type { StoreQuery } from '../contracts/object-store.js';
import { labelValues, nodeValues, ObjectIndex, ownerValues, type IndexValues } from './object-index.js';
import { slotKey, SortedSlots, type Slot } from './sorted-slots.js';

/** Labels that may have an index of their own; queries for others look at every object. Clients choose the labels, so there must be an end. */
const mostIndexes = 64;

interface Condition { readonly index: string; readonly values: IndexValues; readonly value: string }

function conditionsOf(query: StoreQuery): readonly Condition[] {
  const conditions: Condition[] = [];
  if (query.node !== undefined) conditions.push({ index: 'node', values: nodeValues, value: query.node });
  if (query.owner !== undefined) conditions.push({ index: 'owner', values: ownerValues, value: query.owner });
  for (const [label, value] of Object.entries(query.labels ?? {})) conditions.push({ index: `label ${label}`, values: labelValues(label), value });
  return conditions;
}

/** The committed objects of one resource: by key, in order, and by index. Indexes are made when first asked for. */
export class Bucket {
  private readonly slots = new Map<string, Slot>();
  private readonly indexes = new Map<string, ObjectIndex>();
  private order = new SortedSlots();
  /** The full list, until the next change. */
  private all: readonly KubeObject[] | undefined;

  get size(): number { return this.slots.size; }

  /** Fills an empty bucket. */
  load(objects: readonly KubeObject[]): void {
    for (const object of objects) {
      const key = slotKey(object.metadata.namespace, object.metadata.name);
      this.slots.set(key, { key, object });
    }
    this.order = SortedSlots.of([...this.slots.values()]);
    this.all = undefined;
  }

  get(key: string): KubeObject | undefined { return this.slots.get(key)?.object; }

  /** `object` undefined removes. */
  set(key: string, object: KubeObject | undefined): void {
    const slot = this.slots.get(key);
    this.all = undefined;
    if (object) this.put(key, slot, object); else if (slot) this.remove(slot);
  }

  list(query: StoreQuery = {}): readonly KubeObject[] {
    const conditions = conditionsOf(query);
    if (conditions.length === 0 && query.namespace === undefined) return (this.all ??= this.order.in(undefined).map(({ object }) => object));
    const objects = this.candidates(conditions).in(query.namespace).map(({ object }) => object);
    return conditions.length === 0 ? objects : objects.filter((object) => conditions.every(({ values, value }) => values(object).includes(value)));
  }

  /** The shortest list that holds every match. */
  private candidates(conditions: readonly Condition[]): SortedSlots {
    let best = this.order;
    for (const { index, values, value } of conditions) {
      const slots = this.indexed(index, values)?.get(value);
      if (slots && slots.size < best.size) best = slots;
    }
    return best;
  }

  private indexed(name: string, values: IndexValues): ObjectIndex | undefined {
    const known = this.indexes.get(name);
    if (known || this.indexes.size >= mostIndexes) return known;
    const index = new ObjectIndex(values, this.slots.values());
    this.indexes.set(name, index);
    return index;
  }

  private put(key: string, known: Slot | undefined, object: KubeObject): void {
    const slot = known ?? { key, object };
    const previous = known?.object;
    slot.object = object;
    if (!known) {
      this.slots.set(key, slot);
      this.order.insert(slot);
    }
    for (const index of this.indexes.values()) index.moved(slot, previous, object);
  }

  private remove(slot: Slot): void {
    this.slots.delete(slot.key);
    this.order.remove(slot);
    for (const index of this.indexes.values()) index.moved(slot, slot.object, undefined);
  }
}
