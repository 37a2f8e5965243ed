import type { KubeObject } from '../api/resource.js';

/** Equal as JSON: an absent field and an undefined one are the same. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, (b as readonly unknown[])[index]));
  if (Array.isArray(b)) return false;
  return sameFields(a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>, undefined);
}

function sameFields(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>, except: string | undefined): boolean {
  for (const name in a) if (name !== except && !same(a[name], b[name])) return false;
  for (const name in b) if (name !== except && a[name] === undefined && b[name] !== undefined) return false;
  return true;
}

/** Whether storing `next` over `previous` would change nothing but the resourceVersion. k8s: GuaranteedUpdate skips such writes */
export function sameContent(next: KubeObject, previous: KubeObject): boolean {
  if (next === previous) return true;
  return sameFields(next.metadata as unknown as Readonly<Record<string, unknown>>, previous.metadata as unknown as Readonly<Record<string, unknown>>, 'resourceVersion')
    && sameFields(next as unknown as Readonly<Record<string, unknown>>, previous as unknown as Readonly<Record<string, unknown>>, 'metadata');
}
