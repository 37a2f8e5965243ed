import type { FieldError } from '../../api/kind.js';
import type { ContainerStatus, Pod } from '../../api/types.js';
import type { PodLogOptions } from '../../contracts/index.js';
import { badRequest, invalid } from '../refusals.js';

/** k8s: core/v1.PodLogOptions, as query parameters. */
export interface LogParameters {
  readonly container?: string;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  /** RFC 3339 */
  readonly sinceTime?: string;
  readonly limitBytes?: number;
  readonly stream?: string;
}

const logOptionsKind = { resource: { group: '', kind: 'PodLogOptions', version: 'v1', plural: '', namespaced: true, key: '' } } as const;

/**
 * Which lines of which container are wanted; undefined when the pod is on no node yet: there is nothing to read, and that is not an error.
 * Throws BadRequest and Invalid in the kubelet's words. `now` is ms since 1970. Pure.
 */
export function decideLog(pod: Pod, parameters: LogParameters, now: number): PodLogOptions | undefined {
  checkParameters(parameters);
  const container = chooseContainer(pod, parameters.container);
  if (pod.spec.nodeName === undefined || pod.spec.nodeName === '') return undefined;
  checkState(pod, container, parameters.previous);
  const since = sinceOf(parameters, now);
  const { follow, previous, timestamps, tailLines, limitBytes } = parameters;
  return {
    container, follow, previous, timestamps,
    ...(tailLines === undefined ? {} : { tailLines }), ...(since === undefined ? {} : { since }), ...(limitBytes === undefined ? {} : { limitBytes }),
  };
}

/** k8s: core validation.ValidatePodLogOptions */
function checkParameters({ tailLines, sinceSeconds, sinceTime, limitBytes, stream }: LogParameters): void {
  const errors: FieldError[] = [];
  const tooSmall = (field: string, value: number, detail: string): void => { errors.push({ type: 'Invalid', field, value, detail }); };
  if (tailLines !== undefined && tailLines < 0) tooSmall('tailLines', tailLines, 'must be greater than or equal to 0');
  if (limitBytes !== undefined && limitBytes < 1) tooSmall('limitBytes', limitBytes, 'must be greater than 0');
  if (sinceSeconds !== undefined && sinceTime !== undefined) errors.push({ type: 'Forbidden', field: '', detail: 'at most one of `sinceTime` or `sinceSeconds` may be specified' });
  else if (sinceSeconds !== undefined && sinceSeconds < 1) tooSmall('sinceSeconds', sinceSeconds, 'must be greater than 0');
  if (stream !== undefined && stream !== 'All') errors.push({ type: 'NotSupported', field: 'stream', value: stream.slice(0, 32), detail: 'supported values: "All"' });
  if (errors.length > 0) throw invalid(logOptionsKind, '', errors);
}

/** Throws BadRequest. k8s: registry/core/pod LogLocation */
function chooseContainer({ metadata: { name }, spec }: Pod, wanted: string | undefined): string {
  const names = spec.containers.map((container) => container.name);
  const init = (spec.initContainers ?? []).map((container) => container.name);
  const ephemeral = (spec.ephemeralContainers ?? []).map((container) => container.name ?? '');
  if (wanted === undefined || wanted === '') {
    const only = names[0];
    if (only !== undefined && names.length === 1) return only;
    const others = init.length === 0 ? '' : ` or one of the init containers: [${init.join(' ')}]`;
    throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]${others}`);
  }
  if ([...names, ...init, ...ephemeral].includes(wanted)) return wanted;
  throw badRequest(`container ${wanted.slice(0, 253)} is not valid for pod ${name}`);
}

/** Throws BadRequest when there is no log to read. k8s: kubelet validateContainerLogStatus */
function checkState({ metadata, status }: Pod, container: string, previous: boolean): void {
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])];
  const found = all.find(({ name }) => name === container);
  const where = `container "${container}" in pod "${metadata.name}"`;
  if (previous) {
    if (found?.lastState?.terminated === undefined) throw badRequest(`previous terminated ${where} not found`);
    return;
  }
  const waiting = waitingReason(found);
  if (waiting !== undefined) throw badRequest(`${where} is waiting to start: ${waiting}`);
}

function waitingReason(status: ContainerStatus | undefined): string | undefined {
  if (status === undefined) return 'ContainerCreating';
  const { state, lastState } = status;
  if (state?.running !== undefined || state?.terminated !== undefined || lastState?.terminated !== undefined) return undefined;
  const reason = state?.waiting?.reason;
  if (reason === 'ErrImagePull') return 'image can\'t be pulled';
  if (reason === 'ImagePullBackOff') return 'trying and failing to pull image';
  return reason === undefined || reason === '' ? 'no reason provided' : reason;
}

function sinceOf({ sinceSeconds, sinceTime }: LogParameters, now: number): number | undefined {
  if (sinceSeconds !== undefined) return now - sinceSeconds * 1000;
  if (sinceTime === undefined) return undefined;
  const since = Date.parse(sinceTime);
  if (!/^\d{4}-\d\d-\d\dT/.test(sinceTime) || Number.isNaN(since)) throw badRequest(`sinceTime: invalid value "${sinceTime.slice(0, 64)}": it must be a time like 2026-01-02T15:04:05Z`);
  return since;
}
