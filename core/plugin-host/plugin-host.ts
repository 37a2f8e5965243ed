import type { DependencyContainer } from 'tsyringe';
import { PluginConfig, type Lifecycle, type Log, type Plugin, type Token } from '../contracts/index.js';
import { OrderedStart } from '../machinery/ordered-start.js';
import { checkPlugin } from './check.js';
import { locate } from './locate.js';
import { PluginError } from './plugin-error.js';
import { openRegistration } from './registration.js';

/** One line of `plugins:` in the configuration. */
export interface PluginUse { readonly use: string; readonly config?: PluginConfig }

export interface PluginHostOptions {
  readonly side: 'master' | 'agent';
  /** A fresh child of the composition root's container. */
  readonly createScope: () => DependencyContainer;
  /** Contracts that the composition root has registered. */
  readonly provided: readonly Token<unknown>[];
  readonly builtIn: ReadonlySet<string>;
  readonly importPlugin: ImportPlugin;
  readonly log: Log;
}

/** Loads a module by specifier (ours) or by path or package as seen from where the configuration is. */
export type ImportPlugin = (location: ReturnType<typeof locate>) => Promise<unknown>;

interface Loaded { readonly plugin: Plugin; readonly use: string; readonly scope: DependencyContainer; readonly tokens: ReadonlySet<Token<unknown>> }

const contractsVersion = 1;
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error));

/** Finds, checks and registers plugins, builds what they offer, and starts and stops it. Every rejection is a {@link PluginError}. */
export class PluginHost implements Lifecycle {
  readonly #options: PluginHostOptions;
  readonly #loaded: Loaded[] = [];
  readonly #instances = new Map<Token<unknown>, Map<string, unknown>>();
  #running: OrderedStart | undefined;

  constructor(options: PluginHostOptions) { this.#options = options; }

  /** Checks all before it registers any, so that a bad plugin changes nothing. */
  async load(uses: readonly PluginUse[]): Promise<void> {
    const taken = new Map<string, string>(this.#loaded.map(({ plugin, use }) => [plugin.name, `'${use}'`]));
    const checked: { readonly plugin: Plugin; readonly use: PluginUse }[] = [];
    for (const use of uses) {
      const plugin = this.#check(use.use, await this.#import(use.use), taken);
      taken.set(plugin.name, `'${use.use}'`);
      if (plugin.host === undefined || plugin.host === this.#options.side) checked.push({ plugin, use });
      else this.#options.log.debug('plugin is for the other side', { plugin: plugin.name, host: plugin.host });
    }
    for (const { plugin, use } of checked) this.#loaded.push(this.#register(plugin, use));
  }

  /** What plugins registered for a contract, by plugin name, in the order of the configuration. Built at the first call: everything they may need must be registered by then. */
  all<T>(token: Token<T>): ReadonlyMap<string, T> {
    const known = this.#instances.get(token);
    if (known !== undefined) return known as ReadonlyMap<string, T>;
    const built = new Map(this.#loaded.filter(({ tokens }) => tokens.has(token)).map((loaded) => [loaded.plugin.name, this.#build(loaded, token)]));
    this.#instances.set(token, built);
    return built;
  }

  async start(): Promise<void> {
    const parts = [...this.#instances.values()].flatMap((byPlugin) => [...byPlugin].map(([name, instance]) => ({ name, part: instance as Partial<Lifecycle> })));
    // One object may be behind two contracts: it is started once.
    const unique = parts.filter(({ part }, index) => parts.findIndex((other) => other.part === part) === index);
    this.#running = new OrderedStart(unique.map(({ name, part }) => ({ name: `plugin ${name}`, part: lifecycleOf(part) })), this.#options.log);
    await this.#running.start();
  }

  async stop(): Promise<void> { await this.#running?.stop(); }

  async #import(use: string): Promise<unknown> {
    try {
      return await this.#options.importPlugin(locate(use, this.#options.builtIn));
    } catch (error) {
      throw new PluginError('KD-1401', `the plugin '${use}' cannot be loaded (${reasonOf(error)}). A path starts with ./ or /, anything else is a package; built in are ${[...this.#options.builtIn].join(', ')}.`, error);
    }
  }

  #check(use: string, module: unknown, taken: ReadonlyMap<string, string>): Plugin {
    const verdict = checkPlugin(module, { apiVersion: contractsVersion, provided: new Set(this.#options.provided), taken });
    if ('problem' in verdict) throw new PluginError(verdict.problem.code, `the plugin '${use}' cannot be used: ${verdict.problem.text}.`);
    return verdict.plugin;
  }

  #register(plugin: Plugin, { use, config }: PluginUse): Loaded {
    const scope = this.#options.createScope();
    scope.registerInstance(PluginConfig, config ?? {});
    const registration = openRegistration(plugin.name, scope);
    let result: unknown;
    try {
      result = plugin.register(registration.scope);
    } catch (error) {
      throw error instanceof PluginError ? error : new PluginError('KD-1406', `the plugin '${plugin.name}' failed to register (${reasonOf(error)}).`, error);
    } finally {
      registration.close();
    }
    if (result instanceof Promise) {
      result.catch(() => undefined); // it fails for the same reason
      throw new PluginError('KD-1406', `the register() of the plugin '${plugin.name}' must not be async; what takes time belongs into start().`);
    }
    return { plugin, use, scope, tokens: registration.tokens };
  }

  #build<T>({ plugin, scope }: Loaded, token: Token<T>): T {
    try {
      return scope.resolve(token);
    } catch (error) {
      throw new PluginError('KD-1408', `the plugin '${plugin.name}' could not be built (${reasonOf(error)}).`, error);
    }
  }
}

/** Only what a part really has; its methods keep their `this`. */
function lifecycleOf(part: Partial<Lifecycle>): Partial<Lifecycle> {
  const { start, stop } = part;
  return {
    ...(typeof start === 'function' ? { start: () => start.call(part) } : {}),
    ...(typeof stop === 'function' ? { stop: () => stop.call(part) } : {}),
  };
}
