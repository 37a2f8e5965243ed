import fc from 'fast-check';
import { expect, it } from 'vitest';
import { controllerBackoff, exponentialDelay, fullJitterDelay } from './backoff.js';

it('doubles from 5 ms to 1,000 s, as client-go does', () => {
  expect([0, 1, 2, 17, 18, 5000].map((attempt) => exponentialDelay(attempt, controllerBackoff))).toEqual([5, 10, 20, 655_360, 1_000_000, 1_000_000]);
});

it('jitters between nothing and the exponential delay', () => {
  fc.assert(fc.property(fc.nat(100), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, chance) => {
    const delay = fullJitterDelay(attempt, { baseMs: 1000, capMs: 120_000 }, chance);
    return delay >= 0 && delay <= 120_000 && delay <= exponentialDelay(attempt, { baseMs: 1000, capMs: 120_000 });
  }));
});
