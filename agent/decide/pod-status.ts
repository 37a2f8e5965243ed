import type { Container, ContainerState, ContainerStatus, PodCondition, PodStatus } from '../../core/api/types.js';
import type { RuntimeContainer, RuntimeState } from '../../core/contracts/container-runtime.js';
import { remaining, restartDelay } from './back-off.js';
import { isFinished, latest, restarts, type PodView } from './plan-pod.js';
import { isSidecar, noMemory, type DesiredPod } from './pod.js';

export interface StatusContext {
  readonly runtime: string;
  readonly hostIP: string;
  readonly previous: PodStatus | undefined;
  /** Text that a container left at its terminationMessagePath, by container id. */
  readonly messages: ReadonlyMap<string, string>;
}

/** RFC 3339, seconds. */
export const stamp = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

function terminated(run: RuntimeContainer, { runtime, messages }: StatusContext): ContainerState {
  const exitCode = run.exitCode ?? 0;
  const message = messages.get(run.id);
  return {
    terminated: {
      exitCode, reason: run.oomKilled === true ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error', ...(message === undefined || message === '' ? {} : { message }),
      ...(run.startedAt === undefined ? {} : { startedAt: stamp(run.startedAt) }), ...(run.finishedAt === undefined ? {} : { finishedAt: stamp(run.finishedAt) }), containerID: `${runtime}://${run.id}`,
    },
  };
}

const minutesAndSeconds = (ms: number): string => { const seconds = Math.round(ms / 1000); return seconds < 60 ? `${String(seconds)}s` : `${String(Math.floor(seconds / 60))}m${String(seconds % 60)}s`; };

function waiting(view: PodView, container: Container, run: RuntimeContainer | undefined): ContainerState {
  const { pod, memory, now } = view;
  const known = memory.containers[container.name] ?? noMemory;
  if (known.failure) {
    const { reason, message, attempts } = known.failure;
    const backingOff = reason === 'ErrImagePull' && attempts > 1;
    return { waiting: backingOff ? { reason: 'ImagePullBackOff', message: `Back-off pulling image "${container.image ?? ''}": ${message}` } : { reason, message } };
  }
  if (run?.state === 'exited') {
    const delay = restartDelay(known.crashes);
    if (remaining(run.finishedAt ?? now, delay, now) > 0) {
      return { waiting: { reason: 'CrashLoopBackOff', message: `back-off ${minutesAndSeconds(delay)} restarting failed container=${container.name} pod=${pod.name}_${pod.namespace}(${pod.uid})` } };
    }
  }
  if (memory.failure) return { waiting: { reason: memory.failure.reason, message: memory.failure.message } };
  return { waiting: { reason: (pod.spec.initContainers ?? []).length > 0 && !pod.spec.initContainers?.includes(container) ? 'PodInitializing' : 'ContainerCreating' } };
}

interface Run { readonly status: ContainerStatus; readonly done: boolean; readonly failed: boolean }

function containerStatus(view: PodView, container: Container, context: StatusContext, init: boolean): Run {
  const { pod, observed, probes, memory } = view;
  const run = latest(observed, container.name);
  const before = observed.containers.filter(({ name, attempt }) => name === container.name && attempt < (run?.attempt ?? 0)).sort((a, b) => b.attempt - a.attempt)[0];
  const verdict = probes.get(container.name);
  const final = run?.state === 'exited' && (pod.stop !== undefined || memory.failed !== undefined || !restarts(container, pod, run.exitCode, init));
  const state: ContainerState = run?.state === 'running' ? { running: run.startedAt === undefined ? {} : { startedAt: stamp(run.startedAt) } } : final ? terminated(run, context) : waiting(view, container, run);
  const last = run?.state === 'exited' && !final ? run : before;
  const running = run?.state === 'running';
  const started = running && verdict?.started !== false;
  const kept = context.previous === undefined ? undefined : [...(context.previous.containerStatuses ?? []), ...(context.previous.initContainerStatuses ?? [])].find(({ name }) => name === container.name);
  const status: ContainerStatus = {
    name: container.name, state, ...(last === undefined ? (kept?.lastState === undefined ? {} : { lastState: kept.lastState }) : { lastState: terminated(last, context) }),
    ready: init && !isSidecar(container) ? run?.state === 'exited' && run.exitCode === 0 : started && verdict?.ready !== false,
    restartCount: Math.max(0, run?.attempt ?? memory.containers[container.name]?.attempt ?? 0), image: container.image ?? '', imageID: run?.imageId ?? '', ...(run === undefined ? {} : { containerID: `${context.runtime}://${run.id}` }), started,
  };
  return { status, done: final, failed: final && run.exitCode !== 0 };
}

function phaseOf(pod: DesiredPod, observed: RuntimeState, { mains, failed }: { readonly mains: readonly Run[]; readonly failed: boolean }): string {
  if (failed) return 'Failed';
  if (isFinished(pod, observed) || mains.every(({ done }) => done)) return mains.some((run) => run.failed) || mains.some(({ done }) => !done) ? 'Failed' : 'Succeeded';
  return mains.some(({ status }) => status.state?.running !== undefined || status.state?.terminated !== undefined || status.lastState !== undefined) ? 'Running' : 'Pending';
}

const names = (list: readonly ContainerStatus[]): string => `[${list.map(({ name }) => name).join(' ')}]`;

function conditionsOf(view: PodView, mains: readonly Run[], inits: readonly Run[], phase: string): readonly Omit<PodCondition, 'lastTransitionTime'>[] {
  const all = view.pod.spec.containers;
  const counted = [...mains, ...inits.filter((_, index) => { const container = view.pod.spec.initContainers?.[index]; return container !== undefined && isSidecar(container); })].map(({ status }) => status);
  const unready = counted.filter(({ ready }) => !ready);
  const waitingInits = inits.filter(({ status, done }, index) => { const container = view.pod.spec.initContainers?.[index]; return container !== undefined && (isSidecar(container) ? status.started !== true : !(done && status.ready)) && !status.ready; }).map(({ status }) => status);
  const ended = phase === 'Succeeded' || phase === 'Failed';
  const ready: Omit<PodCondition, 'lastTransitionTime' | 'type'> = ended ? { status: 'False', reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
    : unready.length === 0 && all.length > 0 ? { status: 'True' } : { status: 'False', reason: 'ContainersNotReady', message: `containers with unready status: ${names(unready)}` };
  const initialized: Omit<PodCondition, 'lastTransitionTime' | 'type'> = waitingInits.length === 0 || mains.some(({ status }) => status.containerID !== undefined)
    ? { status: 'True' } : { status: 'False', reason: 'ContainersNotInitialized', message: `containers with incomplete status: ${names(waitingInits)}` };
  return [
    { type: 'PodReadyToStartContainers', status: view.observed.sandboxes.some(({ running }) => running) ? 'True' : 'False' },
    { type: 'Initialized', ...initialized }, { type: 'Ready', ...ready }, { type: 'ContainersReady', ...ready },
  ];
}

/** A pod's status as a kubelet makes it. k8s: concepts/workloads/pods/pod-lifecycle */
export function podStatus(view: PodView, context: StatusContext): PodStatus {
  const { pod, observed, memory, now } = view;
  const inits = (pod.spec.initContainers ?? []).map((container) => containerStatus(view, container, context, true));
  const mains = pod.spec.containers.map((container) => containerStatus(view, container, context, false));
  const phase = phaseOf(pod, observed, { mains, failed: memory.failed !== undefined });
  const conditions = conditionsOf(view, mains, inits, phase).map((condition): PodCondition => {
    const before = context.previous?.conditions?.find(({ type }) => type === condition.type);
    return { ...condition, lastTransitionTime: before?.status === condition.status && before.lastTransitionTime !== undefined ? before.lastTransitionTime : stamp(now) };
  });
  const ip = pod.spec.hostNetwork === true ? context.hostIP : observed.sandboxes.find(({ running }) => running)?.ip;
  return {
    phase, conditions, ...(memory.failed ?? {}), hostIP: context.hostIP, hostIPs: [{ ip: context.hostIP }], ...(ip === undefined || ip === '' ? {} : { podIP: ip, podIPs: [{ ip }] }),
    startTime: context.previous?.startTime ?? stamp(memory.startedAt), ...(inits.length === 0 ? {} : { initContainerStatuses: inits.map(({ status }) => status) }), containerStatuses: mains.map(({ status }) => status),
  };
}
