import { cpus, loadavg } from 'node:os';

/** The value below which `percent` of them lie, 0…100. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))] ?? NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** One line: what this was measured on, and how busy it was. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, load ${loadavg().map((value) => value.toFixed(1)).join(' ')}`;

/** ms that `run` takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}

/** Runs in turn, `rounds` times each, so that a change of the machine's load meets all alike. Medians by name. */
export async function interleaved<N extends string>(rounds: number, runs: Readonly<Record<N, () => Promise<number>>>): Promise<Readonly<Record<N, number>>> {
  const names = Object.keys(runs) as N[];
  const values = new Map<N, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) for (const name of names) values.get(name)?.push(await runs[name]());
  return Object.fromEntries(names.map((name) => [name, median(values.get(name) ?? [])])) as Record<N, number>;
}

export interface LoopWatch {
  /** The longest time the event loop did not turn, ms. */
  stop(): number;
}

/** Measures how long the event loop stands still, from now on. */
export function watchLoop(): LoopWatch {
  let longest = 0;
  let last = performance.now();
  let running = true;
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  return { stop: () => { running = false; return Math.max(longest, performance.now() - last); } };
}

export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
  /** Measured in the same run. */
  readonly yardstick?: { readonly name: string; readonly value: number };
}

const short = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toPrecision(3));

function verdict({ value, target }: Row): string {
  if (!target) return '';
  const reached = 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
  return `${'atMost' in target ? `≤ ${short(target.atMost)}` : `≥ ${short(target.atLeast)}`} ${reached ? 'reached' : 'MISSED'}`;
}

/** Machine, load, and one line a figure. */
export function report(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}\n${machine()}\n`);
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const row of rows) {
    const yardstick = row.yardstick ? `  ${row.yardstick.name}: ${short(row.yardstick.value)} ${row.unit} (ratio ${short(row.value / row.yardstick.value)})` : '';
    console.log(`${row.what.padEnd(width)}  ${`${short(row.value)} ${row.unit}`.padStart(14)}  ${verdict(row).padEnd(18)}${yardstick}`.trimEnd());
  }
}
