/** The vocabulary: what `kedge/api` exports to plugin authors. */
export * from './int-or-percent.js';
export * from './kind.js';
export * from './labels.js';
export * from './condition-taints.js';
export * from './node-affinity.js';
export type * from './node-summary.js';
export * from './owners.js';
export * from './pod-status.js';
export * from './quantity.js';
export * from './resource.js';
export * from './resources.js';
export * from './status-error.js';
export * from './taints.js';
export type * from './types.js';
