import { kind, type FieldError } from '../kind.js';
import { nodes } from '../resources.js';
import type { Node, Taint } from '../types.js';
import { forbidden, invalid, oneOf, required } from '../validation/errors.js';
import { duplicates, validateMetadata } from '../validation/metadata.js';
import { labelValue, qualifiedName } from '../validation/names.js';
import { nodeColumns } from './columns.js';

/** k8s: validateNodeTaints */
function validateTaints(taints: readonly Taint[] | undefined): readonly FieldError[] {
  return [
    ...(taints ?? []).flatMap(({ key, value, effect }, index) => {
      const field = `spec.taints[${String(index)}]`;
      return [
        ...qualifiedName(key as string | undefined ?? '').map((message) => invalid(`${field}.key`, key, message)),
        ...labelValue(value ?? '').map((message) => invalid(`${field}.value`, value, message)),
        ...((effect as string | undefined ?? '') === '' ? [required(`${field}.effect`)] : oneOf(`${field}.effect`, effect, ['NoExecute', 'NoSchedule', 'PreferNoSchedule'])),
      ];
    }),
    ...duplicates(taints, ({ key, effect }) => `${key}:${effect}`, (index) => `spec.taints[${String(index)}]`),
  ];
}

export const nodeKind = kind<Node>({
  resource: nodes, singular: 'node', shortNames: ['no'], categories: [], message: 'Node', subresources: ['status'],
  fields: { 'spec.unschedulable': ({ spec }) => String((spec as Node['spec'] | undefined)?.unschedulable === true) },
  columns: nodeColumns,
  strategy: {
    hasGeneration: false,
    defaults: (draft) => ((draft.spec as Node['spec'] | undefined) === undefined ? { ...draft, spec: {} } : draft),
    validate: ({ metadata, spec }) => [...validateMetadata(metadata), ...validateTaints(spec.taints)],
    validateUpdate: (next, previous) => ((previous.spec.podCIDR ?? '') !== '' && next.spec.podCIDR !== previous.spec.podCIDR ? [forbidden('spec.podCIDR', 'node updates may not change podCIDR except from "" to valid')] : []),
  },
});
