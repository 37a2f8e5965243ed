import type { Container, EnvVar } from '../../core/api/types.js';
import { quantityMillis, quantityUnits } from '../../core/api/quantity.js';
import type { DesiredPod } from './pod.js';

/** What environment and volumes are made from. */
export interface Sources {
  readonly config: (name: string) => { readonly data: Readonly<Record<string, string>>; readonly binaryData: Readonly<Record<string, string>> } | undefined;
  /** Values are base64. */
  readonly secret: (name: string) => { readonly data: Readonly<Record<string, string>> } | undefined;
  readonly node: string;
  readonly hostIP: string;
  readonly podIP: string;
}

/** A reference that is not there. `message` is the kubelet's. */
export class MissingReference extends Error {
  override readonly name = 'MissingReference';
}

/** `metadata.labels['a']` and its kind; undefined for a path that is not served. k8s: concepts/workloads/pods/downward-api */
export function fieldValue(path: string, pod: DesiredPod, { node, hostIP, podIP }: Pick<Sources, 'node' | 'hostIP' | 'podIP'>): string | undefined {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed) return pod[keyed[1] as 'labels' | 'annotations'][keyed[2] ?? ''] ?? '';
  const values: Readonly<Record<string, string>> = {
    'metadata.name': pod.name, 'metadata.namespace': pod.namespace, 'metadata.uid': pod.uid, 'spec.nodeName': node, 'spec.serviceAccountName': pod.spec.serviceAccountName ?? 'default',
    'status.hostIP': hostIP, 'status.hostIPs': hostIP, 'status.podIP': podIP, 'status.podIPs': podIP,
    'metadata.labels': mapText(pod.labels), 'metadata.annotations': mapText(pod.annotations),
  };
  return values[path];
}

const mapText = (map: Readonly<Record<string, string>>): string => Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${JSON.stringify(value)}`).join('\n');

/** `limits.cpu` of a container in units of `divisor`, rounded up. */
export function resourceValue(container: Container, resource: string, divisor: string): string {
  const [list, name = ''] = resource.split('.');
  const amount = list === 'limits' ? container.resources?.limits?.[name] : container.resources?.requests?.[name];
  const step = divisor === '' || divisor === '0' ? '1' : divisor;
  return name === 'cpu' ? String(Math.ceil(quantityMillis(amount) / Math.max(1, quantityMillis(step)))) : String(Math.ceil(quantityUnits(amount) / Math.max(1, quantityUnits(step))));
}

/** `$(NAME)` of what is known so far; `$$` is a dollar; the rest stays as it is. k8s: third_party/forked/golang/expansion */
export const expand = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(/\$(\$|\(([^)]*)\))/g, (whole, escaped: string, name: string | undefined) => (escaped === '$' ? '$' : known.get(name ?? '') ?? whole));

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

function valueOf({ valueFrom }: EnvVar, { pod, container, sources }: EnvironmentContext): string | undefined {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom ?? {};
  if (fieldRef) return fieldValue(fieldRef.fieldPath ?? '', pod, sources) ?? '';
  if (resourceFieldRef) {
    const of = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find(({ name }) => name === resourceFieldRef.containerName) ?? container;
    return resourceValue(of, resourceFieldRef.resource ?? '', resourceFieldRef.divisor ?? '1');
  }
  const [kind, reference] = configMapKeyRef ? (['configmap', configMapKeyRef] as const) : (['secret', secretKeyRef] as const);
  const { name = '', key = '', optional = false } = reference ?? {};
  const found = kind === 'configmap' ? sources.config(name) : sources.secret(name);
  if (found === undefined) { if (optional) return undefined; throw new MissingReference(`${kind} "${name}" not found`); }
  const value = kind === 'configmap' ? found.data[key] : found.data[key] === undefined ? undefined : decode(found.data[key]);
  if (value === undefined && !optional) throw new MissingReference(`couldn't find key ${key} in ${kind === 'configmap' ? 'ConfigMap' : 'Secret'} ${pod.namespace}/${name}`);
  return value;
}

export interface EnvironmentContext { readonly pod: DesiredPod; readonly container: Container; readonly sources: Sources }

function fromAll({ container, sources }: EnvironmentContext, result: Map<string, string>): void {
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const { name = '', optional = false } = configMapRef ?? secretRef ?? {};
    const found = configMapRef ? sources.config(name) : sources.secret(name);
    if (found === undefined) { if (optional) continue; throw new MissingReference(`${configMapRef ? 'configmap' : 'secret'} "${name}" not found`); }
    for (const [key, value] of Object.entries(found.data)) if (!key.includes('=')) result.set(`${prefix}${key}`, configMapRef ? value : decode(value));
  }
}

/** A container's variables, in order; later ones may refer to earlier ones. Throws {@link MissingReference}. k8s: makeEnvironmentVariables */
export function environment(context: EnvironmentContext): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  fromAll(context, result);
  for (const env of context.container.env ?? []) {
    const value = env.valueFrom === undefined ? expand(env.value ?? '', result) : valueOf(env, context);
    if (value !== undefined) result.set(env.name, value);
  }
  return result;
}
