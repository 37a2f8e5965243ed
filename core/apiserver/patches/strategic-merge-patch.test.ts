import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { MergeShapes } from '../../api/schema/merge-shape.js';
import { strategicMergePatch } from './strategic-merge-patch.js';
import type { JsonObject } from './patch-error.js';

const shapes = new MergeShapes();
const patched = (target: JsonObject, patch: JsonObject, message = 'apps/v1.Deployment'): JsonObject => strategicMergePatch(target, patch, message, shapes);
const deployment = (containers: readonly JsonObject[]): JsonObject => ({ spec: { template: { spec: { containers } } } });

describe('strategic merge patch', () => {
  it('merges containers by name and keeps the rest of each', () => {
    const before = deployment([{ name: 'a', image: 'x:1', args: ['1'] }, { name: 'b', image: 'y' }]);
    expect(patched(before, deployment([{ name: 'a', image: 'x:2' }]))).toEqual(deployment([{ name: 'a', image: 'x:2', args: ['1'] }, { name: 'b', image: 'y' }]));
    expect(before).toEqual(deployment([{ name: 'a', image: 'x:1', args: ['1'] }, { name: 'b', image: 'y' }]));
  });

  it('deletes an item by key and orders by $setElementOrder', () => {
    const before = deployment([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    const patch = { spec: { template: { spec: { '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }], containers: [{ name: 'b', $patch: 'delete' }] } } } };
    expect(patched(before, patch)).toEqual(deployment([{ name: 'c' }, { name: 'a' }]));
  });

  it('keeps only what $retainKeys names, as kubectl sends it for a changed strategy', () => {
    const before = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    expect(patched(before, { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } })).toEqual({ spec: { strategy: { type: 'Recreate' } } });
  });

  it('merges finalizers as a set and deletes from it', () => {
    const before = { metadata: { finalizers: ['a', 'b'] } };
    expect(patched(before, { metadata: { finalizers: ['c'], '$deleteFromPrimitiveList/finalizers': ['a'] } })).toEqual({ metadata: { finalizers: ['b', 'c'] } });
  });

  it('replaces lists without a merge key, and deletes with null', () => {
    expect(patched({ spec: { taints: [{ key: 'a' }], unschedulable: true } }, { spec: { taints: [{ key: 'b' }], unschedulable: null } }, 'Node')).toEqual({ spec: { taints: [{ key: 'b' }] } });
  });

  it('refuses an item without its merge key', () => {
    expect(() => patched(deployment([]), deployment([{ image: 'x' }]))).toThrow(/does not contain declared merge key: name/);
  });

  it('changes nothing when applied twice', () => {
    const container = fc.record({ name: fc.constantFrom('a', 'b', 'c'), image: fc.string({ maxLength: 3 }) });
    const containers = fc.uniqueArray(container, { selector: ({ name }) => name, maxLength: 3 });
    fc.assert(fc.property(containers, containers, (before, patch) => {
      const once = patched(deployment(before), deployment(patch));
      expect(patched(once, deployment(patch))).toEqual(once);
    }));
  });
});
