import type { Aedes, AedesPublishPacket } from 'aedes';
import type { Link, LinkEvents, LinkOptions, MessageBus } from '../core/contracts/index.js';

type Deliver = (packet: AedesPublishPacket, done: () => void) => void;

/** The master's own way to the embedded broker: no socket, no parsing, never disconnected until it is closed. */
export class InProcessBus implements MessageBus {
  readonly #aedes: Aedes;
  constructor(aedes: Aedes) { this.#aedes = aedes; }

  open(_options: LinkOptions, events: LinkEvents): Link {
    const aedes = this.#aedes;
    const filters = new Map<string, Deliver>();
    let open = true;
    queueMicrotask(() => { if (open) events.connected(); });
    return {
      isConnected: () => open,
      backlog: () => 0,
      publish: (topic, payload, { qos = 1, retain = false } = {}) => new Promise((resolve, reject) => {
        aedes.publish({ cmd: 'publish', topic, payload, qos, retain, dup: false }, (error?: Error) => { if (error) reject(error); else resolve(); });
      }),
      subscribe: (filter) => new Promise((resolve) => {
        const deliver: Deliver = (packet, done) => {
          // Our own publishes come by here too; nodes' messages are the ones with a client.
          if (open) events.message(packet.topic, Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload), packet.retain);
          done();
        };
        filters.set(filter, deliver);
        aedes.subscribe(filter, deliver, () => { resolve(); });
      }),
      unsubscribe: (filter) => new Promise((resolve) => {
        const deliver = filters.get(filter);
        filters.delete(filter);
        if (deliver) aedes.unsubscribe(filter, deliver, () => { resolve(); }); else resolve();
      }),
      close: () => {
        open = false;
        for (const [filter, deliver] of filters) aedes.unsubscribe(filter, deliver, () => undefined);
        filters.clear();
        return Promise.resolve();
      },
    };
  }
}

