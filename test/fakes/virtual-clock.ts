import type { Clock, Timer } from '../../core/contracts/clock.js';

interface Armed { readonly at: number; readonly order: number; readonly run: () => void }

/** Lets everything that is already able to run, run: promises, and what they chain. */
export async function settle(turns = 3): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => { setImmediate(resolve); });
}

/** Time that only moves when told to. Timers run in order of due time, then of arming. */
export class VirtualClock implements Clock {
  private elapsed = 0;
  private order = 0;
  private readonly armed = new Set<Armed>();

  /** @param wall ms since 1970 at the start. */
  constructor(private wall = Date.UTC(2026, 0, 1)) {}

  now(): number { return this.wall + this.elapsed; }

  monotonic(): number { return this.elapsed; }

  after(ms: number, run: () => void): Timer {
    const timer: Armed = { at: this.elapsed + Math.max(0, ms), order: (this.order += 1), run };
    this.armed.add(timer);
    return { cancel: () => { this.armed.delete(timer); } };
  }

  /** The wall clock jumps (NTP, a dead battery); durations do not notice. */
  jump(ms: number): void { this.wall += ms; }

  /** How many timers wait. */
  get timers(): number { return this.armed.size; }

  /** ms until the next timer, or undefined. */
  get next(): number | undefined {
    const first = this.first();
    return first && Math.max(0, first.at - this.elapsed);
  }

  /** Moves on by `ms`, running every timer on the way at its own time and letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const target = this.elapsed + ms;
    await settle();
    for (let timer = this.first(); timer && timer.at <= target; timer = this.first()) {
      this.fire(timer);
      await settle();
    }
    this.elapsed = target;
    await settle();
  }

  /** Moves on to a wall time in ms since 1970. */
  advanceTo(wall: number): Promise<void> { return this.advance(Math.max(0, wall - this.now())); }

  /** Like {@link advance}, without letting promises run in between. */
  advanceSync(ms: number): void {
    const target = this.elapsed + ms;
    for (let timer = this.first(); timer && timer.at <= target; timer = this.first()) this.fire(timer);
    this.elapsed = target;
  }

  private fire(timer: Armed): void {
    this.armed.delete(timer);
    this.elapsed = Math.max(this.elapsed, timer.at);
    timer.run();
  }

  private first(): Armed | undefined {
    let first: Armed | undefined;
    for (const timer of this.armed) if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    return first;
  }
}
