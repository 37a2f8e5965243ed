import type { KindDefinition } from '../../api/kind.js';
import type { Draft, KubeObject } from '../../api/resource.js';
import { badRequest } from '../refusals.js';

export interface Decoded { readonly object: Draft<KubeObject>; readonly problems: readonly string[] }

/** TEMPORARY until core/api's decoder lands. */
export function decodeMessage(_kind: KindDefinition, value: Record<string, unknown>): Decoded {
  const metadata = value['metadata'] ?? {};
  if (typeof metadata !== 'object' || Array.isArray(metadata)) throw badRequest('metadata must be an object');
  return { object: { ...value, metadata } as unknown as Draft<KubeObject>, problems: [] };
}
