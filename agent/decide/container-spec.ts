import { canonicalJson, fnv32a } from '../../core/api/template-hash.js';
import { quantityMillis, quantityUnits } from '../../core/api/quantity.js';
import type { Container, PodSpec } from '../../core/api/types.js';
import type { ContainerSpec, Mount, PodIdentity, SandboxSpec } from '../../core/contracts/container-runtime.js';
import { environment, expand, type EnvironmentContext } from './environment.js';
import { type DesiredPod } from './pod.js';

/** A fingerprint of what a container is to be. Probes and hooks are the agent's affair, so their change restarts nothing. */
export function containerHash({ livenessProbe: _live, readinessProbe: _ready, startupProbe: _startup, lifecycle: _lifecycle, imagePullPolicy: _policy, resizePolicy: _resize, ...container }: Container): string {
  const text = canonicalJson(container);
  return `${fnv32a(text).toString(16)}${fnv32a(`${text}#`).toString(16)}`;
}

export const identityOf = ({ uid, namespace, name }: DesiredPod): PodIdentity => ({ uid, namespace, name });

/** k8s: default 10Mi and 5 files */
const log = { maxBytes: 10 * 1024 * 1024, maxFiles: 5 };

export function sandboxSpec(pod: DesiredPod, attempt: number): SandboxSpec {
  const { spec } = pod;
  const { nameservers = [], searches = [], options = [] } = spec.dnsConfig ?? {};
  const ports = [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ ports: own = [] }) => own).filter(({ hostPort }) => hostPort !== undefined && hostPort > 0)
    .map(({ hostPort = 0, containerPort, protocol = 'TCP', hostIP }) => ({ hostPort, containerPort, protocol: protocol as 'TCP', ...(hostIP === undefined || hostIP === '' ? {} : { hostIP }) }));
  return {
    pod: identityOf(pod), attempt, hostname: (spec.hostname ?? pod.name).slice(0, 63).replace(/[-.]+$/, ''), hostNetwork: spec.hostNetwork === true, ports: spec.hostNetwork === true ? [] : ports,
    hostAliases: (spec.hostAliases ?? []).map(({ ip = '', hostnames = [] }) => ({ ip, hostnames })), shareProcessNamespace: spec.shareProcessNamespace === true,
    ...(nameservers.length + searches.length + options.length === 0 ? {} : { dns: { servers: nameservers, searches, options: options.map(({ name = '', value }) => (value === undefined || value === '' ? name : `${name}:${value}`)) } }),
  };
}

function limitsOf({ resources }: Container): ContainerSpec['limits'] {
  const [cpu, request, memory] = [resources?.limits?.['cpu'], resources?.requests?.['cpu'], resources?.limits?.['memory']];
  return { ...(cpu === undefined ? {} : { cpuMillis: quantityMillis(cpu) }), ...(request === undefined ? {} : { cpuRequestMillis: quantityMillis(request) }), ...(memory === undefined ? {} : { memoryBytes: quantityUnits(memory) }) };
}

function securityOf(container: Container, { securityContext: pod }: PodSpec): Pick<ContainerSpec, 'user' | 'security'> {
  const own = container.securityContext;
  const [uid, gid, groups] = [own?.runAsUser ?? pod?.runAsUser, own?.runAsGroup ?? pod?.runAsGroup, [...(pod?.supplementalGroups ?? []), ...(pod?.fsGroup === undefined ? [] : [pod.fsGroup])]];
  return {
    user: { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }), ...(groups.length === 0 ? {} : { groups }) },
    security: {
      privileged: own?.privileged === true, readOnlyRootFilesystem: own?.readOnlyRootFilesystem === true, allowPrivilegeEscalation: own?.allowPrivilegeEscalation !== false,
      addCapabilities: own?.capabilities?.add ?? [], dropCapabilities: own?.capabilities?.drop ?? [],
    },
  };
}

export interface StartContext extends EnvironmentContext { readonly sandboxId: string; readonly attempt: number; readonly mounts: readonly Mount[] }

/** The order to the runtime. Throws MissingReference. */
export function containerSpec(context: StartContext): ContainerSpec {
  const { pod, container, sandboxId, attempt, mounts } = context;
  const env = environment(context);
  const expanded = (list: readonly string[] | undefined): readonly string[] | undefined => list?.map((text) => expand(text, env));
  const [command, args] = [expanded(container.command), expanded(container.args)];
  return {
    pod: identityOf(pod), sandboxId, name: container.name, attempt, specHash: containerHash(container), image: container.image ?? '',
    ...(command === undefined || command.length === 0 ? {} : { command }), ...(args === undefined || args.length === 0 ? {} : { args }), env: [...env], ...(container.workingDir === undefined ? {} : { workingDir: container.workingDir }),
    mounts, limits: limitsOf(container), ...securityOf(container, pod.spec), stdin: container.stdin === true, tty: container.tty === true, log,
  };
}
