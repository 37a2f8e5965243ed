import { ageColumn, nameColumn, templateColumns } from '../columns.js';
import { kind } from '../kind.js';
import { selectorText } from '../labels.js';
import { podTemplateDefaults } from '../pod/defaults.js';
import { replicaSets } from '../resources.js';
import { settled } from '../settled.js';
import type { ReplicaSet, ReplicaSetSpec } from '../types.js';
import { nonNegative } from '../validation/errors.js';
import { validateMetadata } from '../validation/metadata.js';
import { validateSelectorUpdate, validateWorkload } from '../validation/workload.js';

export const replicaSetKind = kind<ReplicaSet>({
  resource: replicaSets, singular: 'replicaset', shortNames: ['rs'], categories: ['all'], message: 'apps/v1.ReplicaSet', subresources: ['status', 'scale'],
  fields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  columns: [
    nameColumn,
    { name: 'Desired', type: 'integer', cell: ({ spec }) => spec.replicas ?? 0 },
    { name: 'Current', type: 'integer', cell: ({ status }) => status?.replicas ?? 0 },
    { name: 'Ready', type: 'integer', cell: ({ status }) => status?.readyReplicas ?? 0 },
    ageColumn, ...templateColumns<ReplicaSet>(({ spec }) => spec.template.spec),
    { name: 'Selector', type: 'string', wide: true, cell: ({ spec }) => selectorText(spec.selector) },
  ],
  strategy: {
    defaults: (draft) => {
      const spec = (draft.spec as ReplicaSetSpec | undefined) ?? ({} as ReplicaSetSpec);
      const template = (spec.template as ReplicaSetSpec['template'] | undefined) === undefined ? undefined : podTemplateDefaults(spec.template);
      return { ...draft, spec: settled(spec, { replicas: spec.replicas ?? 1, template }) };
    },
    prepareForCreate: (draft) => ({ ...draft, status: { replicas: 0 } }),
    validate: ({ metadata, spec }) => [...validateMetadata(metadata), ...nonNegative('spec.replicas', spec.replicas), ...nonNegative('spec.minReadySeconds', spec.minReadySeconds), ...validateWorkload(spec)],
    validateUpdate: (next, previous) => validateSelectorUpdate(next.spec, previous.spec),
  },
});
