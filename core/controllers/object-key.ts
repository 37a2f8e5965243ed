import type { KubeObject } from '../api/resource.js';
import type { ObjectKey } from '../contracts/object-store.js';

/** `namespace/name`, or the name of what has no namespace. */
export const textKey = ({ metadata: { namespace, name } }: KubeObject): string => (namespace === undefined ? name : `${namespace}/${name}`);

export function parseKey(key: string): ObjectKey {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

export const objectKey = ({ metadata: { namespace, name } }: KubeObject): ObjectKey => (namespace === undefined ? { name } : { namespace, name });
