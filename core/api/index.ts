/** The vocabulary: what `kedge/api` exports to plugin authors. */
export * from './kind.js';
export * from './resource.js';
export * from './resources.js';
export * from './status-error.js';
export type * from './types.js';
