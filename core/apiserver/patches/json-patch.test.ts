import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { jsonPatch } from './json-patch.js';
import { mergePatch } from './merge-patch.js';
import type { Json } from './patch-error.js';

describe('JSON patch (RFC 6902)', () => {
  const document = { spec: { list: ['a', 'b'], map: { 'x/y': 1 } } };

  it.each<[string, Json, Json]>([
    ['adds to a list', [{ op: 'add', path: '/spec/list/1', value: 'n' }], { spec: { list: ['a', 'n', 'b'], map: { 'x/y': 1 } } }],
    ['appends', [{ op: 'add', path: '/spec/list/-', value: 'n' }], { spec: { list: ['a', 'b', 'n'], map: { 'x/y': 1 } } }],
    ['unescapes', [{ op: 'replace', path: '/spec/map/x~1y', value: 2 }], { spec: { list: ['a', 'b'], map: { 'x/y': 2 } } }],
    ['removes', [{ op: 'remove', path: '/spec/list/0' }], { spec: { list: ['b'], map: { 'x/y': 1 } } }],
    ['moves', [{ op: 'move', from: '/spec/map', path: '/map' }], { spec: { list: ['a', 'b'] }, map: { 'x/y': 1 } }],
    ['copies', [{ op: 'copy', from: '/spec/list/0', path: '/first' }], { ...document, first: 'a' }],
    ['tests', [{ op: 'test', path: '/spec/list', value: ['a', 'b'] }], document],
  ])('%s', (_name, patch, expected) => {
    expect(jsonPatch(document, patch)).toEqual(expected);
    expect(document).toEqual({ spec: { list: ['a', 'b'], map: { 'x/y': 1 } } });
  });

  it.each<[string, Json]>([
    ['a failed test', [{ op: 'test', path: '/spec/list', value: [] }]], ['a missing parent', [{ op: 'add', path: '/no/such', value: 1 }]], ['an index out of bounds', [{ op: 'remove', path: '/spec/list/9' }]],
    ['no list', {}], ['an unknown operation', [{ op: 'frobnicate', path: '/a' }]], ['the prototype', [{ op: 'add', path: '/__proto__/x', value: 1 }]],
  ])('refuses %s', (_name, patch) => { expect(() => jsonPatch(document, patch)).toThrow(); });

  it('answers or throws a PatchError for anything', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (value, patch) => {
      try { jsonPatch(value as Json, patch as Json); } catch (error) { expect((error as Error).name).toBe('PatchError'); }
    }));
  });
});

describe('merge patch (RFC 7386)', () => {
  it('deletes with null, merges maps, replaces lists', () => {
    expect(mergePatch({ a: 1, b: { c: 1, d: 2 }, e: [1] }, { a: null, b: { c: null }, e: [2] })).toEqual({ b: { d: 2 }, e: [2] });
  });
  it('is idempotent', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
      const once = mergePatch(target as Json, patch as Json);
      expect(mergePatch(once, patch as Json)).toEqual(once);
    }));
  });
});
