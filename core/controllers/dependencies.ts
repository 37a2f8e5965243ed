import type { Client } from '../contracts/client.js';
import type { Clock } from '../contracts/clock.js';
import type { EventRecorder } from '../contracts/event-recorder.js';
import type { Log } from '../contracts/log.js';

/** What every controller gets. */
export interface ControllerDependencies {
  readonly client: Client;
  readonly clock: Clock;
  readonly recorder: EventRecorder;
  readonly log: Log;
}
