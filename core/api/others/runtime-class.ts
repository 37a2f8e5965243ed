import { ageColumn, nameColumn } from '../columns.js';
import { kind } from '../kind.js';
import { runtimeClasses } from '../resources.js';
import type { RuntimeClass } from '../types.js';
import { immutable, invalid } from '../validation/errors.js';
import { validateMetadata } from '../validation/metadata.js';
import { dns1123Label } from '../validation/names.js';

export const runtimeClassKind = kind<RuntimeClass>({
  resource: runtimeClasses, singular: 'runtimeclass', shortNames: [], categories: [], message: 'node/v1.RuntimeClass', subresources: [], fields: {},
  columns: [nameColumn, { name: 'Handler', type: 'string', cell: ({ handler }) => handler }, ageColumn],
  strategy: {
    hasGeneration: false,
    validate: ({ metadata, handler }) => [...validateMetadata(metadata), ...dns1123Label(handler as string | undefined ?? '').map((message) => invalid('handler', handler, message))],
    validateUpdate: (next, previous) => (next.handler === previous.handler ? [] : [immutable('handler', next.handler)]),
  },
});
