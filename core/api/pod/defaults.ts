import type { Draft } from '../resource.js';
import type { Container, ContainerPort, PodSpec, PodTemplateSpec, Pod, Probe, Toleration, Volume, EnvVar, Lifecycle } from '../types.js';
import { nodeTaints } from '../taints.js';
import { settled } from '../settled.js';

/** k8s: pkg/apis/core/v1/defaults.go. Every function is idempotent and answers its argument when there is nothing to fill in. */

const tagOf = (image: string): string => {
  const last = image.slice(image.lastIndexOf('/') + 1);
  if (last.includes('@')) return '@';
  return last.includes(':') ? last.slice(last.indexOf(':') + 1) : '';
};

/** `Always` for `:latest` or no tag. k8s: concepts/containers/images */
export const defaultPullPolicy = (image: string): string => (['', 'latest'].includes(tagOf(image)) ? 'Always' : 'IfNotPresent');

const probeDefaults = (probe: Probe | undefined): Probe | undefined => (probe === undefined ? undefined : settled(probe, {
  ...(probe.httpGet === undefined ? {} : { httpGet: settled(probe.httpGet, { path: probe.httpGet.path ?? '/', scheme: probe.httpGet.scheme ?? 'HTTP' }) }),
  ...(probe.grpc === undefined ? {} : { grpc: settled(probe.grpc, { service: probe.grpc.service ?? '' }) }),
  timeoutSeconds: probe.timeoutSeconds ?? 1, periodSeconds: probe.periodSeconds ?? 10, successThreshold: probe.successThreshold ?? 1, failureThreshold: probe.failureThreshold ?? 3,
}));

const handlerDefaults = (lifecycle: Lifecycle | undefined): Lifecycle | undefined => {
  if (lifecycle === undefined) return undefined;
  const one = (handler: Lifecycle['preStop']): Lifecycle['preStop'] => (handler?.httpGet === undefined ? handler
    : settled(handler, { httpGet: settled(handler.httpGet, { path: handler.httpGet.path ?? '/', scheme: handler.httpGet.scheme ?? 'HTTP' }) }));
  return settled(lifecycle, { postStart: one(lifecycle.postStart), preStop: one(lifecycle.preStop) });
};

const envDefaults = (env: EnvVar): EnvVar => {
  const fieldRef = env.valueFrom?.fieldRef;
  return fieldRef === undefined || fieldRef.apiVersion !== undefined ? env : settled(env, { valueFrom: { ...env.valueFrom, fieldRef: { apiVersion: 'v1', ...fieldRef } } });
};

const portDefaults = (port: ContainerPort, hostNetwork: boolean): ContainerPort =>
  settled(port, { protocol: port.protocol ?? 'TCP', hostPort: port.hostPort ?? (hostNetwork ? port.containerPort : undefined) });

/** Requests default to limits, resource by resource. */
function resourcesDefaults(resources: Container['resources']): Container['resources'] {
  if (resources?.limits === undefined) return resources ?? {};
  return settled(resources, { requests: settled(resources.requests ?? {}, Object.fromEntries(Object.entries(resources.limits).map(([key, limit]) => [key, resources.requests?.[key] ?? limit]))) });
}

function containerDefaults(container: Container, hostNetwork: boolean): Container {
  return settled(container, {
    ports: container.ports?.map((port) => portDefaults(port, hostNetwork)),
    env: container.env?.map(envDefaults),
    resources: resourcesDefaults(container.resources),
    livenessProbe: probeDefaults(container.livenessProbe), readinessProbe: probeDefaults(container.readinessProbe), startupProbe: probeDefaults(container.startupProbe),
    lifecycle: handlerDefaults(container.lifecycle),
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    imagePullPolicy: container.imagePullPolicy ?? defaultPullPolicy(container.image ?? ''),
  });
}

const mode = 0o644;

function volumeDefaults(volume: Volume): Volume {
  const { configMap, secret, downwardAPI, projected, hostPath, name, ...others } = volume;
  if (configMap) return settled(volume, { configMap: settled(configMap, { defaultMode: configMap.defaultMode ?? mode }) });
  if (secret) return settled(volume, { secret: settled(secret, { defaultMode: secret.defaultMode ?? mode }) });
  if (downwardAPI) return settled(volume, { downwardAPI: settled(downwardAPI, { defaultMode: downwardAPI.defaultMode ?? mode, items: downwardAPI.items?.map((item) => (item.fieldRef === undefined ? item : settled(item, { fieldRef: settled(item.fieldRef, { apiVersion: item.fieldRef.apiVersion ?? 'v1' }) }))) }) });
  if (projected) return settled(volume, { projected: settled(projected, { defaultMode: projected.defaultMode ?? mode }) });
  if (hostPath) return settled(volume, { hostPath: settled(hostPath, { type: hostPath.type ?? '' }) });
  return Object.values(others).some((source) => source !== undefined) ? volume : { name, emptyDir: {} };
}

export function podSpecDefaults(spec: PodSpec): PodSpec {
  const hostNetwork = spec.hostNetwork === true;
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  return settled(spec, {
    volumes: spec.volumes?.map(volumeDefaults),
    initContainers: spec.initContainers?.map((container) => containerDefaults(container, hostNetwork)),
    containers: (spec.containers as readonly Container[] | undefined ?? []).map((container) => containerDefaults(container, hostNetwork)),
    restartPolicy: spec.restartPolicy ?? 'Always',
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
    serviceAccountName: account, serviceAccount: account,
    securityContext: spec.securityContext ?? {},
    schedulerName: spec.schedulerName ?? 'default-scheduler',
  });
}

export const podTemplateDefaults = (template: PodTemplateSpec): PodTemplateSpec =>
  settled(template, { spec: podSpecDefaults((template.spec as PodSpec | undefined) ?? { containers: [] }), metadata: { ...(template.metadata ?? {}) } });

/** k8s: DefaultTolerationSeconds admission */
function withPatience(tolerations: readonly Toleration[] = []): readonly Toleration[] {
  const missing = [nodeTaints.notReady, nodeTaints.unreachable].filter((key) => !tolerations.some((toleration) =>
    (toleration.key === key || toleration.key === undefined || toleration.key === '') && (toleration.effect === 'NoExecute' || toleration.effect === undefined || toleration.effect === '')));
  return missing.length === 0 ? tolerations : [...tolerations, ...missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))];
}

/** Defaults of a Pod itself, with what admission adds. */
export function podDefaults(draft: Draft<Pod>): Draft<Pod> {
  const spec = podSpecDefaults((draft.spec as PodSpec | undefined) ?? { containers: [] });
  const account = spec.serviceAccountName === undefined || spec.serviceAccountName === '' ? 'default' : spec.serviceAccountName;
  return {
    ...draft,
    spec: settled(spec, {
      serviceAccountName: account, serviceAccount: account, enableServiceLinks: spec.enableServiceLinks ?? true,
      preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority', priority: spec.priority ?? 0, tolerations: withPatience(spec.tolerations),
    }),
  };
}
