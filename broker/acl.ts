import { parseTopic, topics } from '../core/messaging/topics.js';

/** Who is behind a connection. `reader` sees everything that is not secret and says nothing: for `mosquitto_sub` and dashboards. */
export type Identity =
  | { readonly kind: 'node'; readonly node: string; readonly instance: string }
  | { readonly kind: 'reader' };

/** A node speaks of itself only. */
export function mayPublish(identity: Identity, cluster: string, topic: string): boolean {
  if (identity.kind !== 'node') return false;
  const parsed = parseTopic(cluster, topic);
  if (parsed === undefined || parsed.kind === 'announce' || parsed.node !== identity.node) return false;
  switch (parsed.kind) {
    case 'presence': case 'status': case 'event': case 'metrics': case 'pod': return true;
    case 'stream': return parsed.way === 'up';
    default: return false;
  }
}

/** The filters a node needs, each exact or on its own streams. Parts and manifests of others may hold their secrets. */
export function maySubscribe(identity: Identity, cluster: string, filter: string): boolean {
  if (identity.kind === 'reader') return mayRead(cluster, filter);
  if (filter === topics.announce(cluster)) return true;
  const own = `${topics.node(cluster, identity.node, 'desired').slice(0, -'desired'.length)}`;
  if (!filter.startsWith(own)) return false;
  const [channel, ...rest] = filter.slice(own.length).split('/');
  if (channel === 'desired') return rest.length === 0;
  if (channel === 'part') return rest.length === 1 && /^[A-Za-z0-9_-]{43}$/.test(rest[0] ?? '');
  return channel === 'stream' && rest.length === 3 && rest[2] === 'down' && rest.every((level) => level !== '#');
}

/** Readers may not see parts (ConfigMaps, Secrets) nor streams, so no filter may reach them. */
function mayRead(cluster: string, filter: string): boolean {
  const prefix = `kedge/v1/${cluster}/`;
  if (!filter.startsWith(prefix)) return false;
  const [where, , channel, ...rest] = filter.slice(prefix.length).split('/');
  if (where === 'master') return filter === topics.announce(cluster);
  return where === 'node' && channel !== undefined && ['desired', 'presence', 'status', 'event', 'metrics', 'pod'].includes(channel) && !rest.includes('#');
}
