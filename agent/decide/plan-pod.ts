import type { Container } from '../../core/api/types.js';
import type { RuntimeContainer, RuntimeState } from '../../core/contracts/container-runtime.js';
import { remaining, restartDelay, steadyMs } from './back-off.js';
import { isSidecar, noMemory, type DesiredPod, type PodMemory } from './pod.js';
import type { Step } from './step.js';

/** What the probes of a container say. Without a probe: started and ready as soon as it runs. */
export interface ProbeVerdict { readonly started: boolean; readonly ready: boolean; readonly live: boolean }

export interface PodView {
  readonly pod: DesiredPod;
  readonly observed: RuntimeState;
  readonly memory: PodMemory;
  readonly probes: ReadonlyMap<string, ProbeVerdict>;
  /** Hash of a container's wish; a running container with another is replaced. */
  readonly hashOf: (container: Container) => string;
  readonly now: number;
}

/** The newest run of a container. */
export const latest = (observed: RuntimeState, name: string): RuntimeContainer | undefined =>
  observed.containers.filter((container) => container.name === name).reduce<RuntimeContainer | undefined>((best, one) => (best === undefined || one.attempt > best.attempt ? one : best), undefined);

/** Will this exit be followed by another run? k8s: ShouldContainerBeRestarted */
export function restarts(container: Container, pod: DesiredPod, exitCode: number | undefined, init: boolean): boolean {
  if (isSidecar(container)) return true;
  const policy = pod.spec.restartPolicy ?? 'Always';
  if (init) return exitCode !== 0 && policy !== 'Never';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** The steps that bring the engine nearer to what the pod wants; none, or only `wait`, when there is nothing to do now. */
export function planPod(view: PodView): readonly Step[] {
  const { pod, memory } = view;
  if (pod.stop !== undefined || memory.failed !== undefined) return planStop(view);
  const late = deadline(view);
  if (late) return [late];
  const sandbox = planSandbox(view);
  if (sandbox !== undefined) return sandbox;
  return [...planContainers(view), ...tidy(view)];
}

/** k8s: activeDeadlineSeconds */
function deadline({ pod, memory, now }: PodView): Step | undefined {
  const seconds = pod.spec.activeDeadlineSeconds;
  if (seconds === undefined || now - memory.startedAt < seconds * 1000) return undefined;
  return { kind: 'failPod', reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' };
}

/** One sandbox that runs, or the step towards it. A dead one is rebuilt as a whole: its containers have lost their network. */
function planSandbox({ pod, observed, memory, now }: PodView): readonly Step[] | undefined {
  const [newest, ...others] = [...observed.sandboxes].sort((a, b) => b.attempt - a.attempt);
  if (others.length > 0) return others.map(({ id }) => ({ kind: 'removeSandbox', id, why: 'dead' }));
  if (newest?.running === true) return undefined;
  if (isFinished(pod, observed)) return [];
  if (newest !== undefined) return [{ kind: 'removeSandbox', id: newest.id, why: 'dead' }];
  const wait = (memory.failure?.until ?? 0) - now;
  return wait > 0 ? [{ kind: 'wait', ms: wait }] : [{ kind: 'createSandbox', attempt: memory.sandbox + 1 }];
}

/** Every container has ended for good. */
export function isFinished(pod: DesiredPod, observed: RuntimeState): boolean {
  const failedInit = (pod.spec.initContainers ?? []).some((container) => {
    const run = latest(observed, container.name);
    return run?.state === 'exited' && run.exitCode !== 0 && !restarts(container, pod, run.exitCode, true);
  });
  return failedInit || pod.spec.containers.every((container) => {
    const run = latest(observed, container.name);
    return run?.state === 'exited' && !restarts(container, pod, run.exitCode, false);
  });
}

/** Init containers one after another, then all the others. */
function planContainers(view: PodView): readonly Step[] {
  const { pod, observed, probes } = view;
  if (isFinished(pod, observed)) return stopSidecars(view);
  const begun = pod.spec.containers.some(({ name }) => latest(observed, name) !== undefined);
  const steps: Step[] = [];
  for (const container of pod.spec.initContainers ?? []) {
    const run = latest(observed, container.name);
    if (!isSidecar(container)) {
      if (begun || (run?.state === 'exited' && run.exitCode === 0)) continue;
      return [...steps, ...planContainer(view, container, true)];
    }
    steps.push(...planContainer(view, container, true));
    if (!begun && !(run?.state === 'running' && probes.get(container.name)?.started !== false)) return steps;
  }
  return [...steps, ...pod.spec.containers.flatMap((container) => planContainer(view, container, false))];
}

const stopSidecars = ({ pod, observed }: PodView): readonly Step[] => observed.containers.filter(({ state }) => state === 'running')
  .map(({ id, name }) => ({ kind: 'stopContainer', id, container: name, graceMs: (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000, why: 'the pod has finished' }));

function planContainer(view: PodView, container: Container, init: boolean): readonly Step[] {
  const { pod, observed, probes, hashOf } = view;
  const run = latest(observed, container.name);
  const graceMs = (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
  if (run?.state === 'running') {
    const stop = (why: string): Step => ({ kind: 'stopContainer', id: run.id, container: container.name, graceMs, why });
    if (run.specHash !== hashOf(container)) return [{ kind: 'pullImage', container: container.name }, stop('definition changed')];
    return probes.get(container.name)?.live === false ? [stop('failed liveness probe')] : [];
  }
  if (run?.state === 'exited' && !restarts(container, pod, run.exitCode, init)) return [];
  return start(view, container, run);
}

function start({ memory, now }: PodView, container: Container, run: RuntimeContainer | undefined): readonly Step[] {
  const known = memory.containers[container.name] ?? noMemory;
  const blocked = (known.failure?.until ?? 0) - now;
  if (blocked > 0) return [{ kind: 'wait', ms: blocked }];
  if (run === undefined) return [{ kind: 'startContainer', container: container.name, attempt: known.attempt + 1, crashes: known.crashes }];
  if (run.state === 'created') return [{ kind: 'startContainer', container: container.name, attempt: run.attempt, crashes: known.crashes }];
  const crashes = crashesAfter(run, known.crashes);
  const wait = remaining(run.finishedAt ?? now, restartDelay(crashes), now);
  return wait > 0 ? [{ kind: 'wait', ms: wait }] : [{ kind: 'startContainer', container: container.name, attempt: run.attempt + 1, crashes: crashes + 1 }];
}

/** Crashes in a row, given the run that has just ended. */
export const crashesAfter = (run: RuntimeContainer, crashes: number): number =>
  (run.startedAt !== undefined && run.finishedAt !== undefined && run.finishedAt - run.startedAt >= steadyMs ? 0 : crashes);

/** Dead runs but the newest two of each container: `logs --previous` needs one. */
function tidy({ observed }: PodView): readonly Step[] {
  const names = new Set(observed.containers.map(({ name }) => name));
  return [...names].flatMap((name) => observed.containers.filter((container) => container.name === name).sort((a, b) => b.attempt - a.attempt)
    .slice(2).filter(({ state }) => state !== 'running').map(({ id }) => ({ kind: 'removeContainer', id }) as const));
}

/** Containers first (sidecars last), then the sandbox, then nothing. A pod that failed as a whole keeps its containers for their logs. */
function planStop({ pod, observed, memory }: PodView): readonly Step[] {
  const graceMs = (pod.stop ?? pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
  const sidecars = new Set((pod.spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name));
  const running = observed.containers.filter(({ state }) => state === 'running');
  const first = running.filter(({ name }) => !sidecars.has(name));
  const now = first.length > 0 ? first : running;
  if (now.length > 0) return now.map(({ id, name }) => ({ kind: 'stopContainer', id, container: name, graceMs, why: memory.failed?.message ?? 'the pod is being deleted' }));
  if (pod.stop === undefined) return [];
  const leftovers = observed.sandboxes.map(({ id }) => ({ kind: 'removeSandbox', id, why: 'finished' }) as const);
  if (leftovers.length > 0) return leftovers;
  return observed.containers.length > 0 ? observed.containers.map(({ id }) => ({ kind: 'removeContainer', id }) as const) : [{ kind: 'forget' }];
}
