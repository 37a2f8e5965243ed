import { ageColumn, nameColumn } from '../columns.js';
import { kind } from '../kind.js';
import { serviceAccounts } from '../resources.js';
import type { ServiceAccount } from '../types.js';
import { metadataOnly } from '../validation/metadata.js';

export const serviceAccountKind = kind<ServiceAccount>({
  resource: serviceAccounts, singular: 'serviceaccount', shortNames: ['sa'], categories: [], message: 'ServiceAccount', subresources: [], fields: {},
  columns: [nameColumn, { name: 'Secrets', type: 'string', cell: ({ secrets }) => String(secrets?.length ?? 0) }, ageColumn],
  strategy: { hasGeneration: false, validate: metadataOnly() },
});
