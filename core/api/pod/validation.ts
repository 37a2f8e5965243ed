import type { FieldError } from '../kind.js';
import type { Draft } from '../resource.js';
import { canonicalJson } from '../template-hash.js';
import type { Container, Pod, PodSpec, PodTemplateSpec, Toleration, Volume } from '../types.js';
import { atLeast, duplicate, forbidden, invalid, nonNegative, notSupported, oneOf, required } from '../validation/errors.js';
import { duplicates, validateAnnotations, validateLabels, validateMetadata } from '../validation/metadata.js';
import { dns1123Label, dns1123Subdomain, qualifiedName } from '../validation/names.js';
import { validateContainer } from './container-validation.js';

const sourcesOf = ({ name: _name, ...sources }: Volume): readonly string[] => Object.keys(sources);

function validateVolume(volume: Volume, field: string): readonly FieldError[] {
  const name = volume.name as string | undefined ?? '';
  const sources = sourcesOf(volume);
  return [
    ...(name === '' ? [required(`${field}.name`)] : dns1123Label(name).map((message) => invalid(`${field}.name`, name, message))),
    ...(sources.length === 0 ? [required(field, 'must specify a volume type')] : []),
    ...sources.slice(1).map((source) => forbidden(`${field}.${source}`, 'may not specify more than 1 volume type')),
    ...(volume.hostPath && (volume.hostPath.path ?? '') === '' ? [required(`${field}.hostPath.path`)] : []),
    ...(volume.hostPath?.path?.split('/').includes('..') === true ? [invalid(`${field}.hostPath.path`, volume.hostPath.path, "must not contain '..'")] : []),
    ...oneOf(`${field}.hostPath.type`, volume.hostPath?.type, ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket']),
    ...(volume.configMap && (volume.configMap.name ?? '') === '' ? [required(`${field}.configMap.name`)] : []),
    ...(volume.secret && (volume.secret.secretName ?? '') === '' ? [required(`${field}.secret.secretName`)] : []),
  ];
}

function validateToleration(toleration: Toleration, field: string): readonly FieldError[] {
  const { key = '', operator = 'Equal', effect, value } = toleration;
  return [
    ...(key === '' ? [] : qualifiedName(key).map((message) => invalid(`${field}.key`, key, message))),
    ...(key === '' && operator !== 'Exists' ? [invalid(`${field}.operator`, operator, "operator must be Exists when `key` is empty, which means \"match all values and all keys\"")] : []),
    ...(['Equal', 'Exists', ''].includes(operator) ? [] : [notSupported(`${field}.operator`, operator, ['Equal', 'Exists'])]),
    ...(operator === 'Exists' && value !== undefined && value !== '' ? [invalid(`${field}.operator`, value, 'value must be empty when `operator` is \'Exists\'')] : []),
    ...oneOf(`${field}.effect`, effect, ['', 'NoExecute', 'NoSchedule', 'PreferNoSchedule']),
    ...(toleration.tolerationSeconds !== undefined && effect !== 'NoExecute' ? [invalid(`${field}.effect`, effect ?? '', 'effect must be \'NoExecute\' when `tolerationSeconds` is set')] : []),
  ];
}

function hostPortErrors(containers: readonly Container[], field: string): readonly FieldError[] {
  const seen = new Set<string>();
  return containers.flatMap(({ ports = [] }, container) => ports.flatMap(({ hostPort, hostIP = '', protocol = 'TCP' }, index) => {
    if (hostPort === undefined || hostPort === 0) return [];
    const key = `${protocol}/${hostIP}/${String(hostPort)}`;
    if (seen.has(key)) return [duplicate(`${field}[${String(container)}].ports[${String(index)}].hostPort`, key)];
    seen.add(key);
    return [];
  }));
}

/** k8s: ValidatePodSpec */
export function validatePodSpec(spec: PodSpec, field: string): readonly FieldError[] {
  const containers = (spec.containers as readonly Container[] | undefined) ?? [];
  const volumes = new Set((spec.volumes ?? []).map(({ name }) => name));
  const all = [...(spec.initContainers ?? []), ...containers];
  return [
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...(spec.volumes ?? []).flatMap((volume, index) => validateVolume(volume, `${field}.volumes[${String(index)}]`)),
    ...duplicates(spec.volumes, ({ name }) => name, (index) => `${field}.volumes[${String(index)}].name`),
    ...containers.flatMap((container, index) => validateContainer(container, `${field}.containers[${String(index)}]`, volumes, false)),
    ...(spec.initContainers ?? []).flatMap((container, index) => validateContainer(container, `${field}.initContainers[${String(index)}]`, volumes, true)),
    ...duplicates(all, ({ name }) => name, (index) => (index < (spec.initContainers?.length ?? 0) ? `${field}.initContainers[${String(index)}].name` : `${field}.containers[${String(index - (spec.initContainers?.length ?? 0))}].name`)),
    ...hostPortErrors(containers, `${field}.containers`),
    ...oneOf(`${field}.restartPolicy`, spec.restartPolicy, ['Always', 'Never', 'OnFailure']),
    ...oneOf(`${field}.dnsPolicy`, spec.dnsPolicy, ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']),
    ...nonNegative(`${field}.terminationGracePeriodSeconds`, spec.terminationGracePeriodSeconds),
    ...atLeast(`${field}.activeDeadlineSeconds`, spec.activeDeadlineSeconds, 1),
    ...validateLabels(spec.nodeSelector, `${field}.nodeSelector`),
    ...(spec.tolerations ?? []).flatMap((toleration, index) => validateToleration(toleration, `${field}.tolerations[${String(index)}]`)),
    ...(spec.hostname === undefined || spec.hostname === '' ? [] : dns1123Label(spec.hostname).map((message) => invalid(`${field}.hostname`, spec.hostname, message))),
    ...(spec.runtimeClassName === undefined ? [] : dns1123Subdomain(spec.runtimeClassName).map((message) => invalid(`${field}.runtimeClassName`, spec.runtimeClassName, message))),
    ...(spec.serviceAccountName === undefined || spec.serviceAccountName === '' ? [] : dns1123Subdomain(spec.serviceAccountName).map((message) => invalid(`${field}.serviceAccountName`, spec.serviceAccountName, message))),
  ];
}

export const validatePod = (pod: Draft<Pod>): readonly FieldError[] => [...validateMetadata(pod.metadata), ...validatePodSpec(pod.spec, 'spec')];

export const validatePodTemplate = (template: PodTemplateSpec | undefined, field: string): readonly FieldError[] => (template === undefined ? [required(field)] : [
  ...validateLabels(template.metadata?.labels, `${field}.metadata.labels`),
  ...validateAnnotations(template.metadata?.annotations, `${field}.metadata.annotations`),
  ...validatePodSpec(template.spec, `${field}.spec`),
]);

/** The previous spec with everything in it that an update may change taken from `next`. */
function withMutableParts(previous: PodSpec, next: PodSpec): PodSpec {
  const images = (mine: readonly Container[] | undefined, theirs: readonly Container[] | undefined): readonly Container[] | undefined =>
    mine?.map((container, index) => { const image = theirs?.[index]?.image; return image === undefined ? container : { ...container, image }; });
  const taken: Record<string, unknown> = { containers: images(previous.containers, next.containers), initContainers: images(previous.initContainers, next.initContainers) };
  for (const key of ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds', 'schedulingGates'] as const) taken[key] = next[key];
  if ((previous.nodeName ?? '') === '') taken['nodeName'] = next.nodeName;
  return { ...previous, ...taken } as PodSpec;
}

/** k8s: ValidatePodUpdate */
export function validatePodUpdate(next: Pod, previous: Pod): readonly FieldError[] {
  const kept = (previous.spec.tolerations ?? []).every((old) => (next.spec.tolerations ?? []).some((toleration) => toleration.key === old.key && toleration.effect === old.effect && toleration.operator === old.operator && toleration.value === old.value));
  const same = canonicalJson(withMutableParts(previous.spec, next.spec)) === canonicalJson(next.spec);
  return [
    ...(kept ? [] : [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')]),
    ...(same ? [] : [forbidden('spec', 'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)')]),
  ];
}
