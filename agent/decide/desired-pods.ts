import type { PodSpec } from '../../core/api/types.js';
import { DecodeError, MessageDecoders } from '../../core/api/schema/decode.js';
import type { Manifest, Part } from '../../core/messaging/wire.js';
import type { DesiredPod } from './pod.js';

const decoders = new WeakMap<object, PodSpec>();

/** A part's spec, checked once: parts are immutable. Throws DecodeError. */
function specOf(part: Extract<Part, { kind: 'pod' }>, read: MessageDecoders): PodSpec {
  const known = decoders.get(part);
  if (known) return known;
  const spec = read.decode('PodSpec', part.spec as unknown as Record<string, unknown>).value as unknown as PodSpec;
  decoders.set(part, spec);
  return spec;
}

let shared: MessageDecoders | undefined;

/** The pods of a manifest, and what is wrong with those that cannot be worked. */
export function desiredPods(manifest: Manifest | undefined, part: (hash: string) => Part | undefined): { readonly pods: readonly DesiredPod[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const pods = (manifest?.pods ?? []).flatMap(({ uid, namespace, name, hash, stop }): readonly DesiredPod[] => {
    const found = part(hash);
    if (found?.kind !== 'pod') { problems.push(`${namespace}/${name}: its part ${hash} is not here`); return []; }
    try {
      const spec = specOf(found, shared ??= new MessageDecoders());
      return [{ uid, namespace, name, labels: found.labels, annotations: found.annotations, spec, ...(stop === undefined ? {} : { stop }) }];
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      problems.push(`${namespace}/${name}: ${error.message}`);
      return [];
    }
  });
  return { pods, problems };
}
