import type { ConfigMap, Pod, Secret } from '../api/types.js';
import type { ManifestObject, ManifestPod, Part } from '../messaging/wire.js';
import { podPart, referencesOf } from './pod-part.js';

/** All a node should do, before it gets a revision. */
export interface Assignment {
  readonly pods: readonly ManifestPod[];
  readonly configs: readonly ManifestObject[];
  readonly secrets: readonly ManifestObject[];
}

/** What an assignment is made from. `name` answers the hash of a part and remembers its text. */
export interface AssignmentSources {
  readonly config: (namespace: string, name: string) => ConfigMap | undefined;
  readonly secret: (namespace: string, name: string) => Secret | undefined;
  readonly name: (part: Part, source: object) => string;
}

/** A pod that has ended stays, so that its logs can be read, until it is deleted. One that is being deleted says how long it may take. */
function manifestPod(pod: Pod, { name }: AssignmentSources): ManifestPod {
  const { uid, namespace = '', name: podName, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  const hash = name(podPart(pod), pod.spec);
  return { uid, namespace, name: podName, hash, ...(deletionTimestamp === undefined ? {} : { stop: deletionGracePeriodSeconds ?? 30 }) };
}

const byName = (a: { readonly namespace: string; readonly name: string }, b: { readonly namespace: string; readonly name: string }): number =>
  (a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Deterministic: equal state gives equal assignments. */
export function assign(pods: readonly Pod[], sources: AssignmentSources): Assignment {
  const configs = new Map<string, ManifestObject>();
  const secrets = new Map<string, ManifestObject>();
  for (const { metadata: { namespace = '' }, spec } of pods) {
    for (const { kind, name } of referencesOf(spec)) {
      const key = `${namespace}/${name}`;
      const config = kind === 'config' ? sources.config(namespace, name) : undefined;
      const secret = kind === 'secret' ? sources.secret(namespace, name) : undefined;
      if (config) configs.set(key, { namespace, name, hash: sources.name({ kind: 'config', data: config.data ?? {}, binaryData: config.binaryData ?? {} }, config) });
      if (secret) secrets.set(key, { namespace, name, hash: sources.name({ kind: 'secret', type: secret.type ?? 'Opaque', data: secret.data ?? {} }, secret) });
    }
  }
  return { pods: pods.map((pod) => manifestPod(pod, sources)).sort(byName), configs: [...configs.values()].sort(byName), secrets: [...secrets.values()].sort(byName) };
}

