/** What a plugin may import from core, besides `kedge/api`. */
export * from './client.js';
export * from './clock.js';
export * from './container-runtime.js';
export * from './controller.js';
export * from './crypto.js';
export * from './disk.js';
export * from './event-recorder.js';
export * from './journal.js';
export type * from './lifecycle.js';
export * from './log.js';
export * from './message-bus.js';
export * from './object-store.js';
export * from './plugin.js';
export * from './pod-logs.js';
export * from './random.js';
export * from './subresources.js';
export type * from './subscription.js';
export { token, type Token } from './token.js';
