import { humanDuration } from '../duration.js';
import type { ContainerStatus, Pod } from '../types.js';
import { podCondition } from '../pod-status.js';

/** What `kubectl get pods` says of a pod. k8s: pkg/printers/internalversion printPod */

const exitText = ({ signal, exitCode, reason }: { readonly signal?: number; readonly exitCode: number; readonly reason?: string }): string =>
  reason !== undefined && reason !== '' ? reason : signal !== undefined && signal !== 0 ? `Signal:${String(signal)}` : `ExitCode:${String(exitCode)}`;

const isSidecar = (pod: Pod, name: string): boolean => pod.spec.initContainers?.find((container) => container.name === name)?.restartPolicy === 'Always';

/** `Init:1/2`, `Init:Error`, … while init containers are at work. */
function initText(pod: Pod): string | undefined {
  const total = pod.spec.initContainers?.length ?? 0;
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const { terminated, waiting } = status.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (isSidecar(pod, status.name) && status.started === true) continue;
    if (terminated) return `Init:${exitText(terminated)}`;
    if (waiting?.reason !== undefined && waiting.reason !== '' && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
    return `Init:${String(index)}/${String(total)}`;
  }
  return undefined;
}

function containersText(statuses: readonly ContainerStatus[], reason: string): { readonly reason: string; readonly running: boolean } {
  let text = reason;
  let running = false;
  for (const { state, ready } of [...statuses].reverse()) {
    if (state?.waiting?.reason !== undefined && state.waiting.reason !== '') text = state.waiting.reason;
    else if (state?.terminated) text = exitText(state.terminated);
    else if (ready && state?.running) running = true;
  }
  return { reason: text, running };
}

/** The STATUS cell. */
export function podStatusText(pod: Pod): string {
  const phase = pod.status?.phase ?? 'Unknown';
  const plain = pod.status?.reason !== undefined && pod.status.reason !== '' && pod.status.reason !== 'NodeLost' ? pod.status.reason : phase;
  if (pod.status?.reason === 'NodeLost') return pod.metadata.deletionTimestamp === undefined ? 'Unknown' : 'Terminating';
  const gated = podCondition(pod, 'PodScheduled')?.reason === 'SchedulingGated' ? 'SchedulingGated' : plain;
  const init = initText(pod);
  let text = init ?? gated;
  if (init === undefined) {
    const { reason, running } = containersText(pod.status?.containerStatuses ?? [], gated);
    text = reason === 'Completed' && running ? (podCondition(pod, 'Ready')?.status === 'True' ? 'Running' : 'NotReady') : reason;
  }
  return pod.metadata.deletionTimestamp !== undefined && !['Succeeded', 'Failed'].includes(phase) ? 'Terminating' : text;
}

const counted = (pod: Pod): readonly ContainerStatus[] =>
  [...(pod.status?.initContainerStatuses ?? []).filter(({ name }) => isSidecar(pod, name)), ...(pod.status?.containerStatuses ?? [])];

/** `1/2` */
export function readyText(pod: Pod): string {
  const total = pod.spec.containers.length + (pod.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always').length;
  const ready = counted(pod).filter((status) => status.ready && status.state?.running !== undefined).length;
  return `${String(ready)}/${String(total)}`;
}

/** `0`, or `3 (5m ago)`. */
export function restartsText(pod: Pod, now: number): string {
  const initializing = initText(pod) !== undefined;
  const statuses = initializing ? (pod.status?.initContainerStatuses ?? []) : counted(pod);
  const count = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
  const last = Math.max(...statuses.map(({ lastState }) => Date.parse(lastState?.terminated?.finishedAt ?? '') || 0), 0);
  return count === 0 || last === 0 ? String(count) : `${String(count)} (${humanDuration(now - last)} ago)`;
}
