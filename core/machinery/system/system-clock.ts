import type { Clock, Timer } from '../../contracts/clock.js';

/** The longest delay setTimeout takes; anything longer would fire at once. */
const longestTimeout = 2 ** 31 - 1;

/** The machine's own time. */
export class SystemClock implements Clock {
  now(): number { return Date.now(); }

  monotonic(): number { return performance.now(); }

  after(ms: number, run: () => void, background = false): Timer {
    let timeout: NodeJS.Timeout;
    const arm = (left: number): void => {
      timeout = setTimeout(() => { if (left > longestTimeout) arm(left - longestTimeout); else run(); }, Math.min(left, longestTimeout));
      if (background) timeout.unref();
    };
    arm(Math.max(0, ms));
    return { cancel: () => clearTimeout(timeout) };
  }
}
