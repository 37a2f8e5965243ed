import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/resource.js';
import { decideDeletion, isDone } from './graceful-deletion.js';

const now = Date.UTC(2026, 0, 1);
const object = (metadata: Partial<KubeObject['metadata']> = {}, spec?: object): KubeObject =>
  ({ metadata: { name: 'p', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', ...metadata }, ...(spec === undefined ? {} : { spec }) }) as KubeObject;

describe('decideDeletion', () => {
  it('removes at once what does not stop gracefully', () => {
    expect(decideDeletion({ object: object(), options: {}, grace: undefined, now })).toEqual({ kind: 'remove' });
    expect(decideDeletion({ object: object(), options: { gracePeriodSeconds: 30 }, grace: undefined, now })).toEqual({ kind: 'remove' });
    expect(decideDeletion({ object: object(), options: {}, grace: 0, now })).toEqual({ kind: 'remove' });
  });

  it('marks a pod with the time by which it must be gone', () => {
    const decision = decideDeletion({ object: object({ generation: 2 }), options: {}, grace: 30, now });
    expect(decision).toMatchObject({ kind: 'mark', object: { metadata: { deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 30, generation: 3 } } });
  });

  it('lets a second delete shorten and not lengthen', () => {
    const going = object({ deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 30 });
    expect(decideDeletion({ object: going, options: { gracePeriodSeconds: 60 }, grace: 30, now })).toEqual({ kind: 'wait' });
    expect(decideDeletion({ object: going, options: { gracePeriodSeconds: 5 }, grace: 30, now: now + 9000 }))
      .toMatchObject({ kind: 'mark', object: { metadata: { deletionTimestamp: '2026-01-01T00:00:05Z', deletionGracePeriodSeconds: 5 } } });
    expect(decideDeletion({ object: going, options: { gracePeriodSeconds: 0 }, grace: 30, now })).toEqual({ kind: 'remove' });
  });

  it('takes a negative period for one second', () => {
    expect(decideDeletion({ object: object(), options: { gracePeriodSeconds: -1 }, grace: 30, now })).toMatchObject({ object: { metadata: { deletionGracePeriodSeconds: 1 } } });
  });

  it('waits for finalizers, also those of a namespace\'s spec', () => {
    expect(decideDeletion({ object: object({ finalizers: ['x'] }), options: {}, grace: undefined, now })).toMatchObject({ kind: 'mark', object: { metadata: { deletionGracePeriodSeconds: 0 } } });
    expect(decideDeletion({ object: object({}, { finalizers: ['kubernetes'] }), options: {}, grace: undefined, now }).kind).toBe('mark');
  });

  it.each([['Orphan', ['orphan']], ['Foreground', ['foregroundDeletion']]])('%s leaves a finalizer for the collector', (propagationPolicy, finalizers) => {
    expect(decideDeletion({ object: object(), options: { propagationPolicy }, grace: undefined, now })).toMatchObject({ kind: 'mark', object: { metadata: { finalizers } } });
  });

  it('Background takes the collector\'s finalizers away again', () => {
    const going = object({ deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0, finalizers: ['foregroundDeletion'] });
    expect(decideDeletion({ object: going, options: { propagationPolicy: 'Background' }, grace: undefined, now })).toEqual({ kind: 'remove' });
  });

  it('converges: deciding again on a marked object changes nothing', () => {
    const options = fc.record({ gracePeriodSeconds: fc.integer({ min: -1, max: 90 }), propagationPolicy: fc.constantFrom('Orphan', 'Foreground', 'Background') }, { requiredKeys: [] });
    fc.assert(fc.property(options, fc.option(fc.nat(60), { nil: undefined }), fc.array(fc.constantFrom('a', 'orphan'), { maxLength: 1 }), (chosen, grace, finalizers) => {
      const first = decideDeletion({ object: object(finalizers.length === 0 ? {} : { finalizers }), options: chosen, grace, now });
      if (first.kind !== 'mark') return;
      expect(isDone(first.object)).toBe(false);
      expect(decideDeletion({ object: first.object, options: chosen, grace, now: now + 5000 })).toEqual({ kind: 'wait' });
    }));
  });
});
