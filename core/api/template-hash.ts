import type { PodTemplateSpec } from './types.js';

/** Letters that cannot spell a word. k8s: apimachinery rand.SafeEncodeString */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** JSON with sorted keys: equal values give equal text. Absent and undefined are the same. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
}

/** 32-bit FNV-1a. */
export function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

const withoutHash = (template: PodTemplateSpec): unknown => {
  const labels = Object.fromEntries(Object.entries(template.metadata?.labels ?? {}).filter(([key]) => key !== 'pod-template-hash'));
  return { spec: template.spec, metadata: { ...template.metadata, labels } };
};

/** `pod-template-hash`: stable for equal templates; `collisions` gives another one. k8s: controller.ComputeHash (the digits differ from Kubernetes'). */
export function templateHash(template: PodTemplateSpec, collisions = 0): string {
  const text = canonicalJson(withoutHash(template)) + (collisions > 0 ? `#${String(collisions)}` : '');
  return [...String(fnv32a(text))].map((digit) => alphabet[Number(digit)] ?? '').join('');
}
