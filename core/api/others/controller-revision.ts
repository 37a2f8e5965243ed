import { ageColumn, nameColumn } from '../columns.js';
import { kind } from '../kind.js';
import { controllerOf } from '../owners.js';
import { controllerRevisions } from '../resources.js';
import { canonicalJson } from '../template-hash.js';
import type { ControllerRevision } from '../types.js';
import { immutable, nonNegative } from '../validation/errors.js';
import { validateMetadata } from '../validation/metadata.js';

const ownerText = (revision: ControllerRevision): string => {
  const owner = controllerOf(revision);
  if (owner === undefined) return '<none>';
  const [group] = owner.apiVersion.split('/');
  return `${owner.kind.toLowerCase()}${owner.apiVersion.includes('/') ? `.${group ?? ''}` : ''}/${owner.name}`;
};

export const controllerRevisionKind = kind<ControllerRevision>({
  resource: controllerRevisions, singular: 'controllerrevision', shortNames: [], categories: [], message: 'apps/v1.ControllerRevision', subresources: [], fields: {},
  columns: [nameColumn, { name: 'Controller', type: 'string', cell: ownerText }, { name: 'Revision', type: 'string', cell: ({ revision }) => String(revision) }, ageColumn],
  strategy: {
    hasGeneration: false,
    validate: ({ metadata, revision }) => [...validateMetadata(metadata), ...nonNegative('revision', revision)],
    validateUpdate: (next, previous) => (canonicalJson(next.data) === canonicalJson(previous.data) ? [] : [immutable('data', next.data)]),
  },
});
