import type { Link, LinkEvents, LinkOptions, MessageBus, Will } from '../../core/contracts/index.js';

interface Connection { readonly options: LinkOptions; readonly events: LinkEvents; readonly filters: Set<string>; open: boolean; will?: Will }

/** `+` one level, `#` the rest. [MQTT-4.7] */
export function topicMatches(filter: string, topic: string): boolean {
  const [pattern, levels] = [filter.split('/'), topic.split('/')];
  for (const [index, part] of pattern.entries()) {
    if (part === '#') return true;
    if (levels[index] === undefined || (part !== '+' && part !== levels[index])) return false;
  }
  return pattern.length === levels.length;
}

/** A broker and all its links in one process. Delivery is in a microtask of its own, in order. `cut` and `mend` are the network. */
export class MemoryBus implements MessageBus {
  readonly retained = new Map<string, Buffer>();
  readonly published: { readonly clientId: string; readonly topic: string; readonly payload: Buffer }[] = [];
  readonly #connections = new Set<Connection>();
  readonly #cut = new Set<string>();
  /** Renders what the master keeps, as the embedded broker does. */
  render: (topic: string) => Buffer | undefined = () => undefined;

  open(options: LinkOptions, events: LinkEvents): Link {
    const connection: Connection = { options, events, filters: new Set(), open: false };
    this.#connections.add(connection);
    queueMicrotask(() => { if (!this.#cut.has(options.clientId)) this.#raise(connection); });
    const alive = async (): Promise<void> => { await Promise.resolve(); if (!connection.open) throw new Error('the broker is not connected'); };
    return {
      isConnected: () => connection.open, backlog: () => 0,
      publish: async (topic, payload, { retain = false } = {}) => { await alive(); this.#publish(options.clientId, topic, { payload, retain }); },
      subscribe: async (filter) => {
        await alive();
        connection.filters.add(filter);
        const rendered = /[+#]/.test(filter) ? undefined : this.render(filter);
        if (rendered) this.#deliver(connection, filter, { payload: rendered, retain: true });
        for (const [topic, payload] of this.retained) if (topicMatches(filter, topic)) this.#deliver(connection, topic, { payload, retain: true });
      },
      unsubscribe: async (filter) => { await alive(); connection.filters.delete(filter); },
      close: (abrupt = false) => { this.#drop(connection, abrupt, 'closed'); this.#connections.delete(connection); return Promise.resolve(); },
    };
  }

  /** The network to this client breaks: its will fires, and it does not come back before `mend`. */
  cut(clientId: string): void {
    this.#cut.add(clientId);
    for (const connection of this.#connections) if (connection.options.clientId === clientId) this.#drop(connection, true, 'cut');
  }

  mend(clientId: string): void {
    this.#cut.delete(clientId);
    for (const connection of this.#connections) if (connection.options.clientId === clientId && !connection.open) this.#raise(connection);
  }

  #raise(connection: Connection): void {
    if (connection.open || !this.#connections.has(connection)) return;
    connection.open = true;
    const will = connection.options.will?.();
    if (will) connection.will = will;
    connection.events.connected();
  }

  #drop(connection: Connection, abrupt: boolean, message: string): void {
    if (!connection.open) return;
    connection.open = false;
    connection.filters.clear();
    const { will } = connection;
    if (abrupt && will) this.#publish(connection.options.clientId, will.topic, will);
    if (message !== 'closed') connection.events.disconnected({ message });
  }

  #publish(clientId: string, topic: string, { payload, retain }: { readonly payload: Buffer; readonly retain: boolean }): void {
    this.published.push({ clientId, topic, payload });
    if (retain && payload.length === 0) this.retained.delete(topic);
    else if (retain) this.retained.set(topic, payload);
    for (const connection of this.#connections) if ([...connection.filters].some((filter) => topicMatches(filter, topic))) this.#deliver(connection, topic, { payload, retain: false });
  }

  #deliver(connection: Connection, topic: string, { payload, retain }: { readonly payload: Buffer; readonly retain: boolean }): void {
    queueMicrotask(() => { if (connection.open) connection.events.message(topic, payload, retain); });
  }
}
