import { Readable } from 'node:stream';
import memory from 'aedes-persistence';
import { parseTopic } from '../core/messaging/topics.js';

export interface RetainedPacket { readonly cmd: 'publish'; readonly topic: string; readonly payload: Buffer; readonly qos: 0 | 1; readonly retain: true }

/** Renders what the master keeps for `topic`: manifests, parts, the announcement. Undefined when there is nothing. */
export type RetainedSource = (topic: string) => Buffer | undefined;

/** Topics that one node may keep retained: its status, its presence, and this many pods. */
const maxPodsPerNode = 1000;

/**
 * aedes' in-memory persistence, with retained messages of our own: an exact filter is one look-up (the original walks every retained message for
 * each SUBSCRIBE), the master's are rendered on demand and never stored, and a node cannot fill memory.
 */
export function retainedPersistence(cluster: string, source: RetainedSource): { readonly persistence: object; readonly stored: ReadonlyMap<string, RetainedPacket> } {
  const persistence = (memory as unknown as () => Record<string, unknown>)();
  const stored = new Map<string, RetainedPacket>();
  const podsOf = new Map<string, number>();

  const store = (packet: RetainedPacket): void => {
    const topic = parseTopic(cluster, packet.topic);
    if (topic === undefined || topic.kind === 'desired' || topic.kind === 'part' || topic.kind === 'announce') return;
    const isPod = topic.kind === 'pod';
    const count = podsOf.get(topic.node) ?? 0;
    const held = stored.has(packet.topic);
    if (packet.payload.length === 0) {
      if (held && isPod) podsOf.set(topic.node, count - 1);
      stored.delete(packet.topic);
      return;
    }
    if (isPod && !held) {
      if (count >= maxPodsPerNode) return;
      podsOf.set(topic.node, count + 1);
    }
    stored.set(packet.topic, { cmd: 'publish', topic: packet.topic, payload: packet.payload, qos: packet.qos, retain: true });
  };

  const find = function* (patterns: readonly string[]): Generator<RetainedPacket> {
    for (const pattern of patterns) {
      if (!/[+#]/.test(pattern)) {
        const rendered = source(pattern);
        const packet = rendered === undefined ? stored.get(pattern) : { cmd: 'publish' as const, topic: pattern, payload: rendered, qos: 1 as const, retain: true as const };
        if (packet) yield packet;
        continue;
      }
      const expression = new RegExp(`^${pattern.replace(/[.*?^${}()|[\]\\]/g, '\\$&').replaceAll('+', '[^/]*').replace(/\/#$/, '(/.*)?').replace(/^#$/, '.*')}$`);
      for (const packet of stored.values()) if (expression.test(packet.topic)) yield packet;
    }
  };

  persistence['storeRetained'] = (packet: RetainedPacket): Promise<void> => { store(packet); return Promise.resolve(); };
  persistence['createRetainedStreamCombi'] = (patterns: readonly string[]): Readable => Readable.from(find(patterns));
  persistence['createRetainedStream'] = (pattern: string): Readable => Readable.from(find([pattern]));
  return { persistence, stored };
}
