import type { KubeObject, Resource } from '../../core/api/resource.js';
import type { Controller } from '../../core/contracts/controller.js';
import type { EventRecorder } from '../../core/contracts/event-recorder.js';
import type { ControllerDependencies } from '../../core/controllers/dependencies.js';
import { ReconcileLoop } from '../../core/machinery/reconcile-loop.js';
import { MemoryClient } from './memory-client.js';
import { PretendNodes, type PretendNodesOptions } from './pretend-nodes.js';
import { RecordingLog } from './recording-log.js';
import { SeededRandom } from './seeded-random.js';
import { settle, VirtualClock } from './virtual-clock.js';

/** Keeps events as `Normal Scheduled default/web: text`. */
export class RecordedEvents implements EventRecorder {
  readonly lines: string[] = [];
  record<T extends KubeObject>(_resource: Resource<T>, { metadata: { namespace, name } }: T, type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.lines.push(`${type} ${reason} ${namespace === undefined ? '' : `${namespace}/`}${name}: ${message}`);
  }
}

export interface WorldOptions extends Pick<PretendNodesOptions, 'readyAfterMs' | 'stopAfterMs'> {
  readonly seed?: number;
  readonly controllers: (dependencies: ControllerDependencies) => readonly Controller[];
}

/** Real reconcile loops on the memory client, with pretended nodes, under a virtual clock. */
export class ControllerWorld {
  readonly clock: VirtualClock;
  readonly client: MemoryClient;
  readonly log: RecordingLog;
  readonly events: RecordedEvents;
  readonly nodes: PretendNodes;
  private readonly loops: readonly ReconcileLoop[];

  private constructor(clock: VirtualClock, client: MemoryClient, options: WorldOptions) {
    this.clock = clock;
    this.client = client;
    this.log = new RecordingLog();
    this.events = new RecordedEvents();
    this.nodes = new PretendNodes({ client, clock, ...options });
    const dependencies = { client, clock, recorder: this.events, log: this.log };
    this.loops = options.controllers(dependencies).map((controller) => new ReconcileLoop({ controller, client, clock, log: this.log }));
  }

  static async start(options: WorldOptions): Promise<ControllerWorld> {
    const clock = new VirtualClock();
    const client = await MemoryClient.create({ clock, random: new SeededRandom(options.seed ?? 1) });
    const world = new ControllerWorld(clock, client, options);
    world.nodes.start();
    for (const loop of world.loops) await loop.start();
    await world.settled();
    return world;
  }

  /** Lets everything happen that needs no time. */
  async settled(): Promise<void> {
    for (let before = -1; before !== this.client.store.revision();) {
      before = this.client.store.revision();
      await settle(4);
    }
  }

  async pass(ms: number): Promise<void> { await this.clock.advance(ms); await this.settled(); }

  async stop(): Promise<void> {
    this.nodes.stop();
    for (const loop of this.loops) await loop.stop();
  }
}
