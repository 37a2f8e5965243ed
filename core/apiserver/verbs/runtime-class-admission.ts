import type { Draft, KubeObject } from '../../api/resource.js';
import { pods, runtimeClasses } from '../../api/resources.js';
import type { Pod, PodSpec } from '../../api/types.js';
import type { KindDefinition } from '../../api/kind.js';
import { forbidden } from '../refusals.js';
import type { VerbContext } from './context.js';

/**
 * A pod may only name a RuntimeClass that exists, and takes over its overhead and where it may run.
 * k8s: admission plugin RuntimeClass, concepts/containers/runtime-class
 */
export function admitRuntimeClass<T extends KubeObject>({ store }: VerbContext, { resource }: KindDefinition<T>, draft: Draft<T>): Draft<T> {
  if (resource.key !== pods.key) return draft;
  const pod = draft as unknown as Draft<Pod>;
  const name = pod.spec.runtimeClassName;
  if (name === undefined || name === '') return draft;
  const found = store.newest(runtimeClasses, { name });
  const podName = pod.metadata.name ?? '';
  if (found === undefined) throw forbidden(pods, podName, `pod rejected: RuntimeClass "${name}" not found`);
  const { overhead, scheduling } = found;
  const spec: PodSpec = {
    ...pod.spec,
    ...(overhead?.podFixed === undefined ? {} : { overhead: overhead.podFixed }),
    ...(scheduling?.nodeSelector === undefined ? {} : { nodeSelector: { ...pod.spec.nodeSelector, ...scheduling.nodeSelector } }),
    ...(scheduling?.tolerations === undefined ? {} : { tolerations: [...(pod.spec.tolerations ?? []), ...scheduling.tolerations] }),
  };
  return { ...pod, spec } as unknown as Draft<T>;
}
