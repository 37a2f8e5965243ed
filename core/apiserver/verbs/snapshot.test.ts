import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/resource.js';
import type { Change } from '../../contracts/index.js';
import { decodeContinue, encodeContinue } from './continue-token.js';
import { byPlace, rewind } from './snapshot.js';

const object = (name: string, version: number): KubeObject =>
  ({ metadata: { name, namespace: 'd', uid: name, resourceVersion: String(version), creationTimestamp: '' } });

describe('rewind', () => {
  it('gives every earlier state back', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('put', 'delete')), { maxLength: 20 });
    fc.assert(fc.property(steps, (history) => {
      const state = new Map<string, KubeObject>();
      const shown = (): readonly KubeObject[] => [...state.values()].sort(byPlace);
      const states = [shown()];
      const changes: Change[] = [];
      for (const [name, what] of history) {
        const revision = changes.length + 1;
        const previous = state.get(name);
        const next = object(name, revision);
        if (what === 'delete' && previous === undefined) continue;
        if (what === 'delete') state.delete(name); else state.set(name, next);
        const type = what === 'delete' ? 'DELETED' : previous === undefined ? 'ADDED' : 'MODIFIED';
        changes.push({ type, object: next, revision, ...(previous === undefined ? {} : { previous }) });
        states.push(shown());
      }
      states.forEach((then, at) => { expect(rewind(shown(), changes.slice(at))).toEqual(then); });
    }));
  });
});

describe('continue tokens', () => {
  it('come back as they went', () => {
    fc.assert(fc.property(fc.nat(), fc.stringMatching(/^[a-z]{0,8}$/), fc.stringMatching(/^[a-z]{1,8}$/), (revision, namespace, name) => {
      expect(decodeContinue(encodeContinue({ revision, namespace, name }))).toEqual({ revision, namespace, name });
    }));
  });

  it.each(['x', '%', 'e30', Buffer.from('null').toString('base64url'), Buffer.from('{"v":"meta.k8s.io/v1","rv":"1","start":"a"}').toString('base64url'), 'a'.repeat(5000)])('refuses %.20s', (text) => {
    expect(() => decodeContinue(text)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
  });
});
