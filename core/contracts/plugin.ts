import type { Token } from './token.js';

/** What a plugin may do while it registers: register, not resolve. A child scope of the host's container. */
export interface PluginScope {
  registerSingleton<T>(token: Token<T>, type: new (...dependencies: never[]) => T): void;
  registerInstance<T>(token: Token<T>, instance: T): void;
}

/** A plugin module exports `plugin: Plugin`. Checked before anything of it runs. */
export interface Plugin {
  /** DNS-1123 label, unique among the loaded ones. */
  readonly name: string;
  /** Version of the contracts it was written for. */
  readonly apiVersion: 1;
  /** Contracts it needs from the host. */
  readonly requires?: readonly Token<unknown>[];
  /** Where it may be loaded. Default: both. */
  readonly host?: 'master' | 'agent';
  register(scope: PluginScope): void;
}

/** A plugin's own part of the configuration (`plugins: [{ use, config }]`), registered in its scope. */
export interface PluginConfig { readonly [key: string]: unknown }
export const PluginConfig: Token<PluginConfig> = Symbol.for('kedge/PluginConfig');
