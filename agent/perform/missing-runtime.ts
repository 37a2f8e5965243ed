import { RuntimeError, type ContainerRuntime } from '../../core/contracts/container-runtime.js';

/** Stands in for a runtime that this node does not have: every order is refused with the reason. */
export function missingRuntime(name: string, loaded: readonly string[]): ContainerRuntime {
  const refuse = (): Promise<never> => Promise.reject(new RuntimeError('RuntimeUnavailable', `this node has no runtime "${name}"; it has ${loaded.length === 0 ? 'none' : loaded.join(', ')}`));
  return {
    name, images: { find: refuse, pull: refuse, list: () => Promise.resolve([]) },
    info: refuse, createSandbox: refuse, startContainer: refuse,
    removeSandbox: () => Promise.resolve(), stopContainer: () => Promise.resolve(), removeContainer: () => Promise.resolve(),
    list: () => Promise.resolve({ sandboxes: [], containers: [] }), watch: () => ({ stop: () => undefined }), logs: () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) }),
  };
}
