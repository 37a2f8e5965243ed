import { DecodeError, MessageDecoders } from '../../api/schema/decode.js';
import type { KindDefinition } from '../../api/kind.js';
import type { Draft, KubeObject } from '../../api/resource.js';
import { badRequest } from '../refusals.js';

export interface Decoded { readonly object: Draft<KubeObject>; readonly problems: readonly string[] }

/** Compiled when the first body comes, then kept: the table does not change. */
let decoders: MessageDecoders | undefined;

/** Reads a body by the schema of its kind; unknown fields are left out and complained of. Throws BadRequest on a wrong type. */
export function decodeMessage({ message, resource }: KindDefinition, value: Record<string, unknown>): Decoded {
  decoders ??= new MessageDecoders();
  try {
    const { value: decoded, unknown } = decoders.decode(message, value);
    const object = (decoded['metadata'] === undefined ? { ...decoded, metadata: {} } : decoded) as unknown as Draft<KubeObject>;
    return { object, problems: unknown.map((path) => `unknown field "${path}"`) };
  } catch (error) {
    if (error instanceof DecodeError) throw badRequest(`${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${error.message}`);
    throw error;
  }
}
