import { token, type Token } from './token.js';

export interface Timer { cancel(): void }

/** All time there is. Wall time may jump (a device may boot in 1970); durations are measured on `monotonic`. */
export interface Clock {
  /** Wall time, ms since 1970. */
  now(): number;
  /** ms from an arbitrary start; never goes back. */
  monotonic(): number;
  /** Calls `run` once, `ms` from now. Does not keep the process alive when `background`. */
  after(ms: number, run: () => void, background?: boolean): Timer;
}
export const Clock: Token<Clock> = token<Clock>('Clock');
