import type { FieldError } from '../kind.js';
import type { Draft, KubeObject } from '../resource.js';
import type { LabelSelector, ObjectMeta, OwnerReference } from '../types.js';
import { duplicate, forbidden, immutable, invalid, required, tooLong } from './errors.js';
import { dns1123Subdomain, labelValue, qualifiedName, type NameCheck } from './names.js';

/** k8s: TotalAnnotationSizeLimitB */
const annotationBytes = 256 * 1024;

/** k8s: ValidateLabels */
export const validateLabels = (labels: Readonly<Record<string, string>> | undefined, field: string): readonly FieldError[] =>
  Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...qualifiedName(key).map((message) => invalid(field, key, message)),
    ...labelValue(value).map((message) => invalid(field, value, message)),
  ]);

export function validateAnnotations(annotations: Readonly<Record<string, string>> | undefined, field: string): readonly FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const size = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return [
    ...entries.flatMap(([key]) => qualifiedName(key.toLowerCase()).map((message) => invalid(field, key, message))),
    ...(size > annotationBytes ? [tooLong(field, annotationBytes)] : []),
  ];
}

function validateOwner({ apiVersion, kind, name, uid }: Partial<OwnerReference>, field: string): readonly FieldError[] {
  const empty = ([part, value]: readonly [string, string | undefined]): readonly FieldError[] =>
    (value === undefined || value === '' ? [invalid(`${field}.${part}`, value ?? '', part === 'apiVersion' ? 'version must not be empty' : `${part} must not be empty`)] : []);
  return ([['apiVersion', apiVersion], ['kind', kind], ['name', name], ['uid', uid]] as const).flatMap(empty);
}

function validateOwners(owners: ObjectMeta['ownerReferences'] = []): readonly FieldError[] {
  const managing = owners.filter(({ controller }) => controller === true);
  return [
    ...owners.flatMap((owner, index) => validateOwner(owner, `metadata.ownerReferences[${String(index)}]`)),
    ...(managing.length > 1 ? [invalid('metadata.ownerReferences', owners, `Only one reference can have Controller set to true. Found "true" in references for ${managing.slice(0, 2).map(({ kind, name }) => `${kind}/${name}`).join(' and ')}`)] : []),
  ];
}

/** k8s: ValidateObjectMeta */
export function validateMetadata(metadata: Partial<ObjectMeta>, checkName: NameCheck = dns1123Subdomain): readonly FieldError[] {
  const { name = '', generateName } = metadata;
  const prefix = generateName === undefined || generateName === '' ? [] : checkName(generateName.replace(/-+$/, 'a')).map((message) => invalid('metadata.generateName', generateName, message));
  return [
    ...prefix,
    ...(name === '' ? [required('metadata.name', 'name or generateName is required')] : checkName(name).map((message) => invalid('metadata.name', name, message))),
    ...validateLabels(metadata.labels, 'metadata.labels'),
    ...validateAnnotations(metadata.annotations, 'metadata.annotations'),
    ...validateOwners(metadata.ownerReferences),
    ...(metadata.finalizers ?? []).flatMap((finalizer, index) => [
      ...qualifiedName(finalizer).map((message) => invalid(`metadata.finalizers[${String(index)}]`, finalizer, message)),
    ]),
  ];
}

/** What no update may change. k8s: ValidateObjectMetaUpdate */
export function validateMetadataUpdate<T extends KubeObject>(next: T, previous: T): readonly FieldError[] {
  const [a, b] = [next.metadata, previous.metadata];
  const added = (a.finalizers ?? []).filter((finalizer) => !(b.finalizers ?? []).includes(finalizer));
  return [
    ...(['name', 'namespace', 'uid', 'creationTimestamp'] as const).filter((key) => a[key] !== b[key]).map((key) => immutable(`metadata.${key}`, a[key])),
    ...(b.deletionTimestamp !== undefined && added.length > 0 ? [forbidden('metadata.finalizers', `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((text) => JSON.stringify(text)).join(', ')}}`)] : []),
  ];
}

/** k8s: unversionedvalidation.ValidateLabelSelector */
export function validateSelector(selector: LabelSelector | undefined, field: string): readonly FieldError[] {
  return [
    ...validateLabels(selector?.matchLabels, `${field}.matchLabels`),
    ...(selector?.matchExpressions ?? []).flatMap(({ key, operator, values = [] }, index) => {
      const at = `${field}.matchExpressions[${String(index)}]`;
      const errors: FieldError[] = [];
      if ((operator === 'In' || operator === 'NotIn') && values.length === 0) errors.push(required(`${at}.values`, 'must be specified when `operator` is \'In\' or \'NotIn\''));
      if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0) errors.push(forbidden(`${at}.values`, 'may not be specified when `operator` is \'Exists\' or \'DoesNotExist\''));
      if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator)) errors.push(invalid(`${at}.operator`, operator, 'not a valid selector operator'));
      return [...errors, ...qualifiedName((key as string | undefined) ?? '').map((message) => invalid(`${at}.key`, key, message))];
    }),
  ];
}

/** The first repetition of each name in a list. */
export function duplicates<T>(items: readonly T[] | undefined, key: (item: T) => string | undefined, field: (index: number) => string): readonly FieldError[] {
  const seen = new Set<string>();
  return (items ?? []).flatMap((item, index) => {
    const name = key(item);
    if (name === undefined || name === '') return [];
    if (seen.has(name)) return [duplicate(field(index), name)];
    seen.add(name);
    return [];
  });
}

/** A validator for kinds that have nothing but metadata to get wrong. */
export const metadataOnly = (checkName?: NameCheck) => <T extends KubeObject>({ metadata }: Draft<T>): readonly FieldError[] => validateMetadata(metadata, checkName);

