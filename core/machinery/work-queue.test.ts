import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settle, VirtualClock } from '../../test/fakes/virtual-clock.js';
import { WorkQueue } from './work-queue.js';

/** A queue whose work ends when told to. */
function held(workers = 1): { readonly clock: VirtualClock; readonly queue: WorkQueue; readonly begun: string[]; end(key: string): Promise<void> } {
  const clock = new VirtualClock();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const queue = new WorkQueue({ clock, workers, work: (key) => { begun.push(key); return new Promise((resolve) => { ends.set(key, resolve); }); } });
  return { clock, queue, begun, end: async (key) => { ends.get(key)?.(); await settle(); } };
}

it('works a key once however often it was added, and never while it is added', async () => {
  const { queue, begun } = held();
  for (let time = 0; time < 3; time += 1) queue.add('a');
  expect(begun).toEqual([]);
  await settle();
  expect(begun).toEqual(['a']);
});

it('works a key again, but not at the same time, when it is added while being worked', async () => {
  const { queue, begun, end } = held(4);
  queue.add('a');
  await settle();
  queue.add('a');
  queue.add('a');
  await settle();
  expect(begun).toEqual(['a']);
  await end('a');
  expect(begun).toEqual(['a', 'a']);
  await end('a');
  expect([begun.length, queue.size]).toEqual([2, 0]);
});

it('works as many keys at a time as it has workers', async () => {
  const { queue, begun, end } = held(2);
  for (const key of ['a', 'b', 'c']) queue.add(key);
  await settle();
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
});

it('adds after a delay, of several the shortest', async () => {
  const { clock, queue, begun } = held();
  queue.addAfter('a', 500);
  queue.addAfter('a', 100);
  queue.addAfter('a', 300);
  await clock.advance(99);
  expect(begun).toEqual([]);
  await clock.advance(1);
  expect([begun, clock.timers]).toEqual([['a'], 0]);
});

it('waits twice as long after each failure, until it is forgotten', () => {
  const { queue } = held();
  expect([queue.addRateLimited('a'), queue.addRateLimited('a'), queue.addRateLimited('b'), queue.retries('a')]).toEqual([5, 10, 5, 2]);
  queue.forget('a');
  expect(queue.addRateLimited('a')).toBe(5);
});

it('stops: drops what waits, waits for what runs', async () => {
  const { clock, queue, begun, end } = held();
  queue.add('a');
  await settle();
  queue.add('a');
  queue.add('b');
  queue.addAfter('c', 10);
  let stopped = false;
  void queue.stop().then(() => { stopped = true; });
  await clock.advance(1000);
  expect(stopped).toBe(false);
  await end('a');
  expect([stopped, begun, clock.timers]).toEqual([true, ['a'], 0]);
});

it('never works one key twice at a time, and works each after its last addition', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(3)), { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), async (additions, workers) => {
    const running = new Set<string>();
    const owed = new Set<string>();
    let twice = false;
    const queue = new WorkQueue({
      clock: new VirtualClock(), workers, work: async (key) => {
        twice ||= running.has(key);
        running.add(key);
        owed.delete(key);
        await settle(1);
        running.delete(key);
      },
    });
    for (const [key, pause] of additions) {
      owed.add(key);
      queue.add(key);
      if (pause === 0) await settle(1);
    }
    while (queue.size > 0) await settle(1);
    expect([twice, owed.size]).toEqual([false, 0]);
  }), { numRuns: 50 });
});
