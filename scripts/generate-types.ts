/** Writes core/api/types.ts from the schema table, so that the types cannot drift from what the server decodes. */
import { writeFileSync } from 'node:fs';
import { generateTypes } from '../core/api/schema/generate-types.js';

writeFileSync('core/api/types.ts', generateTypes());
