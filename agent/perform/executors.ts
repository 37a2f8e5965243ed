import type { Container } from '../../core/api/types.js';
import { RuntimeError, type ContainerRuntime, type RuntimeState } from '../../core/contracts/container-runtime.js';
import { retryDelay } from '../decide/back-off.js';
import { containerSpec, sandboxSpec } from '../decide/container-spec.js';
import { environment, MissingReference, type Sources } from '../decide/environment.js';
import type { DesiredPod, Failure } from '../decide/pod.js';
import type { Step } from '../decide/step.js';
import type { PodEvents } from '../node/pod-events.js';
import { UnsupportedVolume } from '../volumes/rendered.js';
import { MountError, type PodVolumes } from '../volumes/pod-volumes.js';
import { runHandler, type HandlerContext } from './hooks.js';
import { ensureImage } from './images.js';

export interface StepContext { readonly pod: DesiredPod; readonly runtime: ContainerRuntime; readonly observed: RuntimeState; readonly signal: AbortSignal }

/** Total by construction: a step without its executor does not compile. */
export type StepExecutors = { readonly [K in Step['kind']]: (step: Extract<Step, { kind: K }>, context: StepContext) => Promise<void> };

export interface ExecutorOptions {
  readonly volumes: PodVolumes;
  readonly events: PodEvents;
  readonly hooks: Pick<HandlerContext, 'network' | 'clock'>;
  readonly sourcesOf: (pod: DesiredPod, podIP: string) => Sources;
  /** Starts are a few at a time on the whole machine, pulls fewer. */
  readonly startLane: <T>(run: () => Promise<T>) => Promise<T>;
  readonly pullLane: <T>(run: () => Promise<T>) => Promise<T>;
}

/** The process runtime runs what is on the machine, and nothing else does. */
export class WrongRuntime extends Error { override readonly name = 'WrongRuntime'; }
/** A container that must not run as root would. */
class RunsAsRoot extends Error { override readonly name = 'RunsAsRoot'; }

const reasonOf = (error: unknown): string => {
  if (error instanceof RuntimeError) return error.reason;
  if (error instanceof MissingReference || error instanceof UnsupportedVolume || error instanceof RunsAsRoot) return 'CreateContainerConfigError';
  if (error instanceof MountError) return 'ContainerCreating';
  return error instanceof WrongRuntime ? 'ErrImageNeverPull' : 'CreateContainerError';
};

/** What failed, and when to try again. */
export function describeFailure(error: unknown, before: Failure | undefined, now: number): Failure {
  const reason = reasonOf(error);
  const attempts = before?.reason === reason ? before.attempts + 1 : 1;
  // A missing ConfigMap arrives with a new manifest, which wakes the worker; a vanished engine announces itself.
  const delay = reason === 'RuntimeUnavailable' ? 5000 : retryDelay(attempts);
  return { reason, message: error instanceof Error ? error.message : String(error), until: now + delay, attempts };
}

const containerOf = (pod: DesiredPod, name: string): Container => {
  const found = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find((container) => container.name === name);
  if (found === undefined) throw new Error(`the pod has no container '${name}'`);
  return found;
};

function checkImage(runtime: ContainerRuntime, image: string): void {
  if (runtime.name === 'process' && image !== 'host') throw new WrongRuntime(`the process runtime runs commands of the node itself: image must be "host", not "${image}" (or choose another runtimeClassName)`);
  if (runtime.name !== 'process' && image === 'host') throw new WrongRuntime(`image "host" means the node's own file system, which only the process runtime offers: set runtimeClassName: process, or name an image`);
}

/** The effects behind the steps. */
export function createExecutors(options: ExecutorOptions): StepExecutors {
  const { volumes, events, sourcesOf } = options;
  const podIP = ({ observed }: StepContext): string => observed.sandboxes.find(({ running }) => running)?.ip ?? '';

  const ensure = async (name: string, context: StepContext): Promise<void> => {
    const { pod, runtime } = context;
    const container = containerOf(pod, name);
    checkImage(runtime, container.image ?? '');
    if (runtime.name === 'process') return;
    const find = (): Promise<void> => ensureImage(runtime, { pod, container, sources: sourcesOf(pod, '') }, {
      pulling: (image) => { events.normal(pod, name, 'Pulling', `Pulling image "${image}"`); },
      pulled: (_image, how) => { events.normal(pod, name, 'Pulled', how); },
    });
    await (container.imagePullPolicy === 'Always' ? options.pullLane(find) : find());
  };

  const start = async ({ container: name, attempt }: Extract<Step, { kind: 'startContainer' }>, context: StepContext): Promise<void> => {
    const { pod, runtime, observed } = context;
    const container = containerOf(pod, name);
    try {
      await ensure(name, context);
      const sources = sourcesOf(pod, podIP(context));
      const env = environment({ pod, container, sources });
      if ((container.securityContext?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot) === true && (container.securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser ?? 0) === 0) {
        throw new RunsAsRoot(`container has runAsNonRoot and runs as root or does not say as whom: set runAsUser (pod: "${pod.name}_${pod.namespace}(${pod.uid})", container: ${name})`);
      }
      const mounts = await volumes.mount({ pod, container, sources, env });
      const sandboxId = observed.sandboxes.find(({ running }) => running)?.id ?? '';
      const spec = containerSpec({ pod, container, sources, sandboxId, attempt, mounts });
      await options.startLane(() => runtime.startContainer(spec));
      events.normal(pod, name, 'Created', `Created container: ${name}`);
      events.normal(pod, name, 'Started', `Started container ${name}`);
    } catch (error) {
      const mount = error instanceof MountError || error instanceof UnsupportedVolume;
      events.warning(pod, name, mount ? 'FailedMount' : 'Failed', error instanceof RuntimeError && error.reason === 'ErrImagePull' ? `Failed to pull image "${container.image ?? ''}": ${error.message}` : `Error: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
    const hook = container.lifecycle?.postStart;
    if (hook) await runHandler(hook, { ...options.hooks, runtime, container, podIP: podIP(context), containerId: (await runtime.list(pod.uid)).containers.find((one) => one.name === name && one.attempt === attempt)?.id ?? '', timeoutMs: 30_000 })
      .catch((error: unknown) => { events.warning(pod, name, 'FailedPostStartHook', `PostStartHook failed: ${String(error)}`); });
  };

  const stop = async ({ id, container: name, graceMs, why }: Extract<Step, { kind: 'stopContainer' }>, context: StepContext): Promise<void> => {
    const { pod, runtime, signal } = context;
    events.normal(pod, name, 'Killing', why === 'failed liveness probe' ? `Container ${name} failed liveness probe, will be restarted` : why === 'definition changed' ? `Container ${name} definition changed, will be restarted` : `Stopping container ${name}`);
    const begun = options.hooks.clock.monotonic();
    const container = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find((one) => one.name === name);
    const hook = container?.lifecycle?.preStop;
    if (hook && container && graceMs > 0) {
      await runHandler(hook, { ...options.hooks, runtime, container, podIP: podIP(context), containerId: id, timeoutMs: graceMs }).catch((error: unknown) => { events.warning(pod, name, 'FailedPreStopHook', `PreStopHook failed: ${String(error)}`); });
    }
    const left = Math.max(0, graceMs - (options.hooks.clock.monotonic() - begun));
    // An aborted stop is followed by a shorter one; the engine takes the second order beside the first.
    await Promise.race([runtime.stopContainer(id, left), new Promise<void>((resolve) => { signal.addEventListener('abort', () => { resolve(); }, { once: true }); })]);
  };

  return {
    createSandbox: async ({ attempt }, { pod, runtime }) => {
      for (const { image = '' } of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]) {
        try { checkImage(runtime, image); } catch (error) { events.warning(pod, '', 'Failed', String((error as Error).message)); throw error; }
      }
      try { await options.startLane(() => runtime.createSandbox(sandboxSpec(pod, attempt))); } catch (error) {
        events.warning(pod, '', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${error instanceof Error ? error.message : String(error)}`);
        throw error;
      }
    },
    removeSandbox: async ({ id, why }, { pod, runtime }) => {
      if (why === 'dead') events.normal(pod, '', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
      await runtime.removeSandbox(id);
    },
    pullImage: ({ container }, context) => ensure(container, context),
    startContainer: start,
    stopContainer: stop,
    removeContainer: ({ id }, { runtime }) => runtime.removeContainer(id),
    failPod: ({ reason, message }, { pod }) => { events.warning(pod, '', reason, message); return Promise.resolve(); },
    forget: (_step, { pod }) => volumes.remove(pod.uid),
    wait: () => Promise.resolve(),
  };
}

