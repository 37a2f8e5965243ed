import type { FieldError } from '../kind.js';
import { compareQuantities, parseQuantity } from '../quantity.js';
import type { Container, ContainerPort, EnvVar, Lifecycle, Probe, ResourceRequirements, VolumeMount } from '../types.js';
import { atLeast, forbidden, invalid, nonNegative, notFound, oneOf, required } from '../validation/errors.js';
import { duplicates } from '../validation/metadata.js';
import { dns1123Label, environmentName, portName } from '../validation/names.js';

const portRange = (field: string, value: number | undefined): readonly FieldError[] =>
  value === undefined || (value >= 1 && value <= 65535) ? [] : [invalid(field, value, 'must be between 1 and 65535, inclusive')];

function validatePort(port: ContainerPort, field: string): readonly FieldError[] {
  return [
    ...(port.name === undefined ? [] : portName(port.name).map((message) => invalid(`${field}.name`, port.name, message))),
    ...((port.containerPort as number | undefined) === undefined ? [required(`${field}.containerPort`)] : portRange(`${field}.containerPort`, port.containerPort)),
    ...portRange(`${field}.hostPort`, port.hostPort === 0 ? undefined : port.hostPort),
    ...oneOf(`${field}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']),
  ];
}

const valueSources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'] as const;
const envFields = /^(metadata\.(name|namespace|uid|labels\['.+'\]|annotations\['.+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIP|podIP|hostIPs|podIPs))$/;

function validateEnv(env: EnvVar, field: string): readonly FieldError[] {
  const errors: FieldError[] = env.name === '' || (env.name as string | undefined) === undefined ? [required(`${field}.name`)] : environmentName(env.name).map((message) => invalid(`${field}.name`, env.name, message));
  const from = env.valueFrom;
  if (from === undefined) return errors;
  const given = valueSources.filter((source) => from[source] !== undefined);
  if (given.length === 0) errors.push(invalid(`${field}.valueFrom`, '', `must specify one of: \`${valueSources.join('`, `')}\``));
  if (given.length > 1) errors.push(invalid(`${field}.valueFrom`, '', 'may not have more than one field specified at a time'));
  if (env.value !== undefined && env.value !== '') errors.push(invalid(`${field}.valueFrom`, '', 'may not be specified when `value` is not empty'));
  const path = from.fieldRef?.fieldPath;
  if (from.fieldRef && !envFields.test(path ?? '')) errors.push(path === undefined || path === '' ? required(`${field}.valueFrom.fieldRef.fieldPath`) : invalid(`${field}.valueFrom.fieldRef.fieldPath`, path, `error converting fieldPath: field label not supported: ${path}`));
  for (const source of ['configMapKeyRef', 'secretKeyRef'] as const) {
    if (from[source] && (from[source].key ?? '') === '') errors.push(required(`${field}.valueFrom.${source}.key`));
    if (from[source] && (from[source].name ?? '') === '') errors.push(required(`${field}.valueFrom.${source}.name`));
  }
  return errors;
}

/** k8s: ValidateResourceRequirements */
export function validateResources(resources: ResourceRequirements | undefined, field: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const list of ['limits', 'requests'] as const) {
    for (const [key, value] of Object.entries(resources?.[list] ?? {})) {
      const amount = parseQuantity(value);
      if (amount === undefined) errors.push(invalid(`${field}.${list}[${key}]`, value, "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
      else if (amount < 0n) errors.push(invalid(`${field}.${list}[${key}]`, value, 'must be greater than or equal to 0'));
      if (!/^(cpu|memory|ephemeral-storage|hugepages-.+|.+\/.+)$/.test(key)) errors.push(invalid(`${field}.${list}[${key}]`, key, 'must be a standard resource for containers'));
    }
  }
  for (const [key, request] of Object.entries(resources?.requests ?? {})) {
    const limit = resources?.limits?.[key];
    if (limit !== undefined && compareQuantities(request, limit) > 0) errors.push(invalid(`${field}.requests`, request, `must be less than or equal to ${key} limit of ${limit}`));
  }
  return errors;
}

function handlerErrors(handler: Probe & { readonly sleep?: unknown }, field: string): readonly FieldError[] {
  const given = (['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const).filter((key) => handler[key] !== undefined);
  if (given.length === 0) return [required(field, 'must specify a handler type')];
  const errors: FieldError[] = given.length > 1 ? [forbidden(`${field}.${given[1] ?? ''}`, 'may not specify more than 1 handler type')] : [];
  if (handler.exec && (handler.exec.command ?? []).length === 0) errors.push(required(`${field}.exec.command`));
  const ports = [['httpGet', handler.httpGet?.port], ['tcpSocket', handler.tcpSocket?.port]] as const;
  for (const [key, port] of ports) {
    if (handler[key] === undefined) continue;
    if (port === undefined) errors.push(required(`${field}.${key}.port`));
    else if (typeof port === 'number') errors.push(...portRange(`${field}.${key}.port`, port));
  }
  return errors;
}

function validateProbe(probe: Probe | undefined, field: string, kind: 'liveness' | 'readiness' | 'startup'): readonly FieldError[] {
  if (probe === undefined) return [];
  return [
    ...handlerErrors(probe, field),
    ...(['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const).flatMap((key) => nonNegative(`${field}.${key}`, probe[key])),
    ...(kind !== 'readiness' && probe.successThreshold !== undefined && probe.successThreshold !== 1 ? [invalid(`${field}.successThreshold`, probe.successThreshold, 'must be 1')] : []),
  ];
}

const validateLifecycle = (lifecycle: Lifecycle | undefined, field: string): readonly FieldError[] => (['postStart', 'preStop'] as const)
  .flatMap((moment) => (lifecycle?.[moment] === undefined ? [] : handlerErrors(lifecycle[moment] as Probe, `${field}.${moment}`)));

function validateMounts(mounts: readonly VolumeMount[] | undefined, volumes: ReadonlySet<string>, field: string): readonly FieldError[] {
  return [
    ...duplicates(mounts, ({ mountPath }) => mountPath, (index) => `${field}[${String(index)}].mountPath`).map((error) => ({ ...error, type: 'Invalid' as const, detail: 'must be unique' })),
    ...(mounts ?? []).flatMap((mount, index) => {
      const at = `${field}[${String(index)}]`;
      const errors: FieldError[] = [];
      if ((mount.name as string | undefined ?? '') === '') errors.push(required(`${at}.name`));
      else if (!volumes.has(mount.name)) errors.push(notFound(`${at}.name`, mount.name));
      if ((mount.mountPath as string | undefined ?? '') === '') errors.push(required(`${at}.mountPath`));
      if (mount.subPath !== undefined && mount.subPath.split('/').includes('..')) errors.push(invalid(`${at}.subPath`, mount.subPath, "must not contain '..'"));
      if (mount.subPath?.startsWith('/') === true) errors.push(invalid(`${at}.subPath`, mount.subPath, 'must be a relative path'));
      return errors;
    }),
  ];
}

/** Checks of one container; `init` ones may not have probes unless they are sidecars. k8s: validateContainerCommon */
export function validateContainer(container: Container, field: string, volumes: ReadonlySet<string>, init: boolean): readonly FieldError[] {
  const name = container.name as string | undefined ?? '';
  const image = container.image ?? '';
  const sidecar = init && container.restartPolicy === 'Always';
  const probes = (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((key) => [
    ...validateProbe(container[key], `${field}.${key}`, key.replace('Probe', '') as 'liveness'),
    ...(init && !sidecar && container[key] !== undefined ? [forbidden(`${field}.${key}`, 'may not be set for init containers without restartPolicy=Always')] : []),
  ]);
  return [
    ...(name === '' ? [required(`${field}.name`)] : dns1123Label(name).map((message) => invalid(`${field}.name`, name, message))),
    ...(image === '' ? [required(`${field}.image`)] : image !== image.trim() ? [invalid(`${field}.image`, image, 'must not have leading or trailing whitespace')] : []),
    ...oneOf(`${field}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']),
    ...oneOf(`${field}.terminationMessagePolicy`, container.terminationMessagePolicy, ['FallbackToLogsOnError', 'File']),
    ...duplicates(container.ports, (port) => port.name, (index) => `${field}.ports[${String(index)}].name`),
    ...(container.ports ?? []).flatMap((port, index) => validatePort(port, `${field}.ports[${String(index)}]`)),
    ...(container.env ?? []).flatMap((env, index) => validateEnv(env, `${field}.env[${String(index)}]`)),
    ...validateResources(container.resources, `${field}.resources`),
    ...validateMounts(container.volumeMounts, volumes, `${field}.volumeMounts`),
    ...probes,
    ...validateLifecycle(container.lifecycle, `${field}.lifecycle`),
    ...(init ? oneOf(`${field}.restartPolicy`, container.restartPolicy, ['Always']) : []),
    ...(container.securityContext?.privileged === true && container.securityContext.allowPrivilegeEscalation === false
      ? [invalid(`${field}.securityContext`, container.securityContext, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true')] : []),
    ...atLeast(`${field}.securityContext.runAsUser`, container.securityContext?.runAsUser, 0),
  ];
}
