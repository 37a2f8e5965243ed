import type { KindDefinition } from '../../api/kind.js';
import type { Draft, KubeObject } from '../../api/resource.js';
import { DecodeError, type MessageDecoders } from '../../api/schema/decode.js';
import { badRequest } from '../refusals.js';

export interface Decoded {
  readonly object: Draft<KubeObject>;
  /** `unknown field "spec.replica"` */
  readonly problems: readonly string[];
}

/** Reads a value as the kind's message; kinds without one are taken as they are. Throws BadRequest for values of the wrong type. */
export function decodeMessage({ message, resource }: KindDefinition, value: Record<string, unknown>, decoders: MessageDecoders): Decoded {
  try {
    if (message === '') return { object: { ...value, metadata: decoders.decode('meta.ObjectMeta', asRecord(value['metadata'])).value } as unknown as Draft<KubeObject>, problems: [] };
    const decoded = decoders.decode(message, value);
    const metadata = decoded.value['metadata'] ?? {};
    return { object: { ...decoded.value, metadata } as unknown as Draft<KubeObject>, problems: decoded.unknown.map((path) => `unknown field "${path}"`) };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(`${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${error.message}`);
  }
}

function asRecord(metadata: unknown): Record<string, unknown> {
  if (typeof metadata === 'object' && !Array.isArray(metadata)) return (metadata ?? {}) as Record<string, unknown>;
  if (metadata === undefined) return {};
  throw badRequest('metadata must be an object');
}
