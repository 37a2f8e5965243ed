import type { Pod } from '../../core/api/types.js';
import type { PodLogOptions, PodLogs } from '../../core/contracts/index.js';

/** Logs that a test writes: what was asked for is in `asked`, and a followed log goes on with `write` until `end`. */
export class FakeLogs implements PodLogs {
  readonly asked: PodLogOptions[] = [];
  lines: readonly string[] = [];
  #more: string[] = [];
  #ended = false;
  #broken = false;
  #wake = (): void => undefined;

  open(_pod: Pod, options: PodLogOptions, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    this.asked.push(options);
    this.#more = [];
    this.#ended = false;
    this.#broken = false;
    return Promise.resolve(this.#read(options, signal));
  }

  write(line: string): void { this.#more.push(line); this.#wake(); }
  end(): void { this.#ended = true; this.#wake(); }
  break(): void { this.#broken = true; this.#wake(); }

  async* #read({ follow, tailLines, previous }: PodLogOptions, signal: AbortSignal): AsyncGenerator<Buffer> {
    const lines = previous ? ['from before'] : this.lines.slice(tailLines === undefined ? 0 : -tailLines);
    for (const line of lines) yield Buffer.from(`${line}\n`);
    while (follow && !signal.aborted) {
      while (this.#more.length > 0) yield Buffer.from(`${this.#more.shift() ?? ''}\n`);
      if (this.#broken) throw new Error('the link broke');
      if (this.#ended) return;
      await new Promise<void>((resolve) => { this.#wake = resolve; signal.addEventListener('abort', () => { resolve(); }, { once: true }); });
    }
  }
}
