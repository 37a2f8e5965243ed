import type { Plugin, Token } from '../contracts/index.js';

/** Why a module is not a plugin that can be loaded here. */
export interface PluginProblem { readonly code: 'KD-1402' | 'KD-1403' | 'KD-1404' | 'KD-1405'; readonly text: string }

export interface PluginSurroundings {
  readonly apiVersion: number;
  /** Contracts that the host provides. */
  readonly provided: ReadonlySet<Token<unknown>>;
  /** Names of plugins that are loaded already, and where from. */
  readonly taken: ReadonlyMap<string, string>;
}

export type PluginVerdict = { readonly plugin: Plugin } | { readonly problem: PluginProblem };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const tokenName = (token: unknown): string => (typeof token === 'symbol' ? (token.description ?? String(token)).replace(/^kedge\//, '') : String(token));

/** Everything that can be known before any of its code runs. */
export function checkPlugin(module: unknown, { apiVersion, provided, taken }: PluginSurroundings): PluginVerdict {
  const found = isObject(module) ? module['plugin'] : undefined;
  if (!isObject(found)) return refused('KD-1402', "does not export 'plugin'");
  const { name, requires = [], host } = found;
  if (typeof name !== 'string' || !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return refused('KD-1402', `its name must be a DNS label, not ${JSON.stringify(name) ?? 'undefined'}`);
  if (typeof found['register'] !== 'function') return refused('KD-1402', 'it has no function register(scope)');
  if (!Array.isArray(requires)) return refused('KD-1402', "'requires' must be a list of contracts");
  if (host !== undefined && host !== 'master' && host !== 'agent') return refused('KD-1402', `'host' must be 'master' or 'agent', not ${JSON.stringify(host)}`);
  if (found['apiVersion'] !== apiVersion) return refused('KD-1403', `it was written for version ${JSON.stringify(found['apiVersion']) ?? 'undefined'} of the contracts, this Kedge has ${String(apiVersion)}`);
  const other = taken.get(name);
  if (other !== undefined) return refused('KD-1404', `the name '${name}' is taken by ${other}`);
  const missing = requires.filter((token: unknown) => !provided.has(token as Token<unknown>));
  if (missing.length > 0) return refused('KD-1405', `it needs ${missing.map(tokenName).join(', ')}, which this host does not provide`);
  return { plugin: found as unknown as Plugin };
}

const refused = (code: PluginProblem['code'], text: string): PluginVerdict => ({ problem: { code, text } });
