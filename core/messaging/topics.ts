/** Topics of wire contract v1. `<node>` is a DNS-1123 name, so no escaping is needed. */
export type NodeChannel = 'desired' | 'presence' | 'status' | 'event' | 'metrics';

const root = (cluster: string): string => `kedge/v1/${cluster}`;
const base = (cluster: string, node: string): string => `${root(cluster)}/node/${node}`;

export const topics = {
  node: (cluster: string, node: string, channel: NodeChannel): string => `${base(cluster, node)}/${channel}`,
  part: (cluster: string, node: string, hash: string): string => `${base(cluster, node)}/part/${hash}`,
  pod: (cluster: string, node: string, uid: string): string => `${base(cluster, node)}/pod/${uid}`,
  stream: (cluster: string, node: string, master: string, id: string, way: 'up' | 'down'): string => `${base(cluster, node)}/stream/${master}/${id}/${way}`,
  announce: (cluster: string): string => `${root(cluster)}/master/announce`,
} as const;

export type Topic =
  | { readonly kind: NodeChannel; readonly node: string }
  | { readonly kind: 'part'; readonly node: string; readonly hash: string }
  | { readonly kind: 'pod'; readonly node: string; readonly uid: string }
  | { readonly kind: 'stream'; readonly node: string; readonly master: string; readonly id: string; readonly way: 'up' | 'down' }
  | { readonly kind: 'announce' };

const channels: ReadonlySet<string> = new Set(['desired', 'presence', 'status', 'event', 'metrics']);

/** What a topic of this cluster is about; undefined for any other. Never throws. */
export function parseTopic(cluster: string, topic: string): Topic | undefined {
  const prefix = `${root(cluster)}/`;
  if (!topic.startsWith(prefix)) return undefined;
  const [where, node, channel, ...rest] = topic.slice(prefix.length).split('/');
  if (where === 'master' && node === 'announce' && channel === undefined) return { kind: 'announce' };
  if (where !== 'node' || node === undefined || node === '' || channel === undefined) return undefined;
  return parseNodeTopic(node, channel, rest);
}

function parseNodeTopic(node: string, channel: string, rest: readonly string[]): Topic | undefined {
  const [first, second, third] = rest;
  if (rest.length === 0) return channels.has(channel) ? { kind: channel as NodeChannel, node } : undefined;
  if (rest.length === 1 && first !== undefined && first !== '') {
    if (channel === 'part') return { kind: 'part', node, hash: first };
    if (channel === 'pod') return { kind: 'pod', node, uid: first };
    return undefined;
  }
  if (channel !== 'stream' || rest.length !== 3 || first === undefined || second === undefined) return undefined;
  return third === 'up' || third === 'down' ? { kind: 'stream', node, master: first, id: second, way: third } : undefined;
}
