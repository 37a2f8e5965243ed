import { ageColumn, nameColumn } from '../columns.js';
import { kind } from '../kind.js';
import type { Draft } from '../resource.js';
import { namespaces } from '../resources.js';
import type { Namespace } from '../types.js';
import { metadataOnly } from '../validation/metadata.js';
import { dns1123Label } from '../validation/names.js';

export const namespaceKind = kind<Namespace>({
  resource: namespaces, singular: 'namespace', shortNames: ['ns'], categories: [], message: 'Namespace', subresources: ['status', 'finalize'],
  fields: { 'status.phase': ({ status }) => status?.phase ?? '' },
  columns: [nameColumn, { name: 'Status', type: 'string', description: 'Active or Terminating.', cell: ({ status }) => status?.phase ?? '' }, ageColumn],
  strategy: {
    hasGeneration: false,
    defaults: (draft: Draft<Namespace>): Draft<Namespace> =>
      ({ ...draft, metadata: { ...draft.metadata, labels: { ...draft.metadata.labels, 'kubernetes.io/metadata.name': draft.metadata.name ?? '' } } }),
    prepareForCreate: (draft) => ({ ...draft, spec: { finalizers: [...new Set([...(draft.spec?.finalizers ?? []), 'kubernetes'])] }, status: { phase: 'Active' } }),
    prepareForUpdate: (next, previous) => ({ ...next, ...(previous.spec === undefined ? {} : { spec: previous.spec }) }),
    validate: metadataOnly(dns1123Label),
  },
});
