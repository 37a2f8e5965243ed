import type { NodeStatus } from '../../core/api/types.js';
import type { Clock, ContainerRuntime, Log, Timer } from '../../core/contracts/index.js';
import type { Machine } from './machine.js';
import { nodeStatus, type NodeView } from './node-status.js';

export interface NodeReporterOptions {
  readonly runtimes: readonly ContainerRuntime[];
  readonly machine: Machine;
  readonly version: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly changed: () => void;
}

const retryMs = 5000;

/** Knows how the node is: asks its runtimes when they say that something changed. */
export class NodeReporter {
  readonly #options: NodeReporterOptions;
  #runtimes: NodeView['runtimes'] = [];
  #images: NodeView['images'] = [];
  #diskFull = false;
  #retry: Timer | undefined;

  constructor(options: NodeReporterOptions) { this.#options = options; }

  diskFull(full: boolean): void {
    if (full === this.#diskFull) return;
    this.#diskFull = full;
    this.#options.changed();
  }

  report(): { readonly status: NodeStatus; readonly runtimes: readonly string[] } {
    const { machine, version } = this.#options;
    const status = nodeStatus({ machine, agentVersion: version, runtimes: this.#runtimes, images: this.#images, diskFull: this.#diskFull });
    return { status, runtimes: this.#runtimes.filter(({ problem }) => problem === undefined).map(({ name }) => name) };
  }

  async refresh(): Promise<void> {
    const { runtimes, clock } = this.#options;
    const asked = await Promise.all(runtimes.map((runtime) => runtime.info().then(({ description }) => ({ name: runtime.name, description }), (error: unknown) => ({ name: runtime.name, problem: error instanceof Error ? error.message : String(error) }))));
    const images = await Promise.all(runtimes.map((runtime) => runtime.images.list().catch(() => [])));
    this.#runtimes = asked;
    this.#images = images.flat().filter(({ names }) => names.length > 0).sort((a, b) => b.sizeBytes - a.sizeBytes);
    this.#options.changed();
    this.#retry?.cancel();
    if (asked.some((one) => 'problem' in one)) this.#retry = clock.after(retryMs, () => { void this.refresh(); }, true);
  }
}
