import type { DependencyContainer } from 'tsyringe';
import type { PluginScope, Token } from '../contracts/index.js';
import { PluginError } from './plugin-error.js';

/** What one plugin has registered. */
export interface Registration {
  readonly scope: PluginScope;
  readonly tokens: ReadonlySet<Token<unknown>>;
  /** From now on nothing more may be registered. */
  close(): void;
}

/** A scope that can register, once a contract, and only while `register` runs; it cannot resolve, because not everything is there yet. */
export function openRegistration(plugin: string, container: DependencyContainer): Registration {
  const tokens = new Set<Token<unknown>>();
  let open = true;
  const admit = (token: Token<unknown>): void => {
    if (!open) throw new PluginError('KD-1407', `the plugin '${plugin}' registers after its register() has ended; do it inside`);
    if (tokens.has(token)) throw new PluginError('KD-1407', `the plugin '${plugin}' registers ${String(token)} twice; a second implementation needs a plugin of its own`);
    tokens.add(token);
  };
  const registering: PluginScope = {
    registerSingleton: (token, type) => { admit(token); container.registerSingleton(token, type as never); },
    registerInstance: (token, instance) => { admit(token); container.registerInstance(token, instance); },
  };
  const scope = new Proxy(registering, {
    get(target, property) {
      if (property === 'registerSingleton' || property === 'registerInstance') return target[property];
      throw new PluginError('KD-1407', `the plugin '${plugin}' uses scope.${String(property)} inside register(); it may only register there, and name what it needs in constructors`);
    },
  });
  return { scope, tokens, close: () => { open = false; } };
}
