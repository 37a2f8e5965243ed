import { ageColumn, nameColumn } from '../columns.js';
import { kind } from '../kind.js';
import { leases } from '../resources.js';
import type { Lease } from '../types.js';
import { atLeast, nonNegative } from '../validation/errors.js';
import { validateMetadata } from '../validation/metadata.js';

export const leaseKind = kind<Lease>({
  resource: leases, singular: 'lease', shortNames: [], categories: [], message: 'coordination/v1.Lease', subresources: [], fields: {},
  columns: [nameColumn, { name: 'Holder', type: 'string', cell: ({ spec }) => spec?.holderIdentity ?? '' }, ageColumn],
  strategy: {
    hasGeneration: false,
    validate: ({ metadata, spec }) => [...validateMetadata(metadata), ...atLeast('spec.leaseDurationSeconds', spec?.leaseDurationSeconds, 1), ...nonNegative('spec.leaseTransitions', spec?.leaseTransitions)],
  },
});
