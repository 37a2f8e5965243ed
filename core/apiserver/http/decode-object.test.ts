import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { KindDefinition } from '../../api/kind.js';
import { builtInKinds } from '../../api/registry.js';
import { namespaces } from '../../api/resources.js';
import { builtInMessages, type MessageField } from '../../api/schema/messages.js';
import { requiredFields } from '../../api/schema/required.js';
import type { KubeObject } from '../../api/resource.js';
import { isStatusError } from '../../api/status-error.js';
import { RevisionedStore } from '../../store/revisioned-store.js';
import { MemoryJournal } from '../../../test/fakes/memory-journal.js';
import { RecordingLog } from '../../../test/fakes/recording-log.js';
import { SeededRandom } from '../../../test/fakes/seeded-random.js';
import { VirtualClock } from '../../../test/fakes/virtual-clock.js';
import { Kinds } from '../kinds.js';
import { LocalClient } from '../local-client.js';
import { table } from '../tables/table.js';
import { create } from '../verbs/create.js';
import { update } from '../verbs/update.js';
import { decodeObject } from './decode-object.js';
import { Schemas } from './schemas.js';

const messages = builtInMessages();
const scalar: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: fc.constantFrom('', 'a', 'web', 'Bad Name', 'Always', 'TCP', '25%', '/x'), bool: fc.boolean(), int32: fc.integer({ min: -2, max: 70_000 }), int64: fc.integer({ min: -2, max: 70_000 }), double: fc.integer(), bytes: fc.constantFrom('', 'YQ=='),
  // Always with a key: core/api's validateSelector reads it before it says that it is missing.
  'meta.Time': fc.constantFrom('2026-01-01T00:00:00Z', 'x'), 'meta.MicroTime': fc.constant('2026-01-01T00:00:00.000000Z'), 'resource.Quantity': fc.constantFrom('1', '100m', 'x', '-1'), 'intstr.IntOrString': fc.constantFrom(1, '25%', 'x', -1),
};

/** Values that mostly have the right types and are otherwise nonsense. */
function valueOf(type: string, depth: number): fc.Arbitrary<unknown> {
  const known = scalar[type];
  if (known !== undefined) return known;
  const fields = fieldsOf(type);
  if (fields.length === 0 || depth > 6) return fc.constant({});
  // What is required is there nine times of ten, so that validation is also passed.
  return fc.tuple(fc.subarray([...fields], { maxLength: Math.min(4, fields.length) }), fc.nat(9)).chain(([chosen, dice]) => {
    const required = dice === 0 ? [] : fields.filter(({ name }) => requiredFields[type]?.includes(name));
    return fc.record(Object.fromEntries([...chosen, ...required].map((field) => [field.name, fieldOf(field, depth)])));
  });
}
const fieldsOf = (type: string): readonly MessageField[] => (messages.get(type) ?? []).flatMap((field) => (field.inline ? fieldsOf(field.type) : [field]));
function fieldOf({ type, shape }: MessageField, depth: number): fc.Arbitrary<unknown> {
  const element = fc.constant(null).chain(() => valueOf(type, depth + 1));
  const value = shape === 'list' ? fc.array(element, { maxLength: 2 }) : shape === 'map' ? fc.dictionary(fc.constantFrom('a', 'b/c', ''), element, { maxKeys: 2 }) : element;
  return fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(null, 'wrong', 1, []) });
}
const bodyOf = ({ message }: KindDefinition): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(fieldsOf(message).filter(({ name }) => name !== 'metadata').map((field) => [field.name, fieldOf(field, 0)])), { requiredKeys: [] });

it.each(builtInKinds.map((kind) => [kind.resource.key, kind] as const))('%s: whatever comes in is stored and shown, or refused', async (_key, kind) => {
  const schemas = new Schemas();
  const store = new RevisionedStore({ journal: new MemoryJournal(), log: new RecordingLog(), freeze: true });
  await store.start();
  const context = { store, kinds: new Kinds(builtInKinds), clock: new VirtualClock(), random: new SeededRandom(1) };
  await new LocalClient(context).create(namespaces, { metadata: { name: 'default' } });
  let count = 0;
  await fc.assert(fc.asyncProperty(bodyOf(kind), bodyOf(kind), async (first, second) => {
    const name = `x${String(count += 1)}`;
    const where = kind.resource.namespaced ? { namespace: 'default' } : {};
    const read = (body: object): KubeObject => decodeObject(kind, { value: { ...body, metadata: { name } }, duplicates: [] }, { validation: 'Warn', warn: () => undefined, decoders: schemas.decoders }) as KubeObject;
    try {
      const made = await create(context, { kind, ...where }, read(first));
      table(kind, [made], {}, { includeObject: 'None', now: 0 });
      for (const field of Object.values(kind.fields)) expect(typeof field(made)).toBe('string');
      await update(context, { kind, name, ...where }, read(second));
    } catch (error) {
      if (!isStatusError(error)) throw error;
      expect(['Invalid', 'BadRequest', 'Forbidden']).toContain(error.reason);
    }
  }), { numRuns: 60 });
});
