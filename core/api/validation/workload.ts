import type { FieldError } from '../kind.js';
import { selectorMatches } from '../labels.js';
import { canonicalJson } from '../template-hash.js';
import type { LabelSelector, PodTemplateSpec } from '../types.js';
import { immutable, invalid, notSupported, required } from './errors.js';
import { validatePodTemplate } from '../pod/validation.js';
import { validateSelector } from './metadata.js';

interface Workload { readonly selector?: LabelSelector; readonly template?: PodTemplateSpec }

/** Selector, template, and that the one selects the other. k8s: ValidateDeploymentSpec and its siblings */
export function validateWorkload(spec: Workload): readonly FieldError[] {
  const { selector, template } = spec;
  const empty = selector !== undefined && Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;
  const labels = template?.metadata?.labels ?? {};
  const restart = template?.spec.restartPolicy;
  return [
    ...(selector === undefined ? [required('spec.selector')] : validateSelector(selector, 'spec.selector')),
    ...(empty ? [invalid('spec.selector', selector, 'empty selector is invalid for deployment')] : []),
    ...(selector !== undefined && !empty && template !== undefined && !selectorMatches(selector, labels) ? [invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')] : []),
    ...validatePodTemplate(template, 'spec.template'),
    ...(restart !== undefined && restart !== 'Always' ? [notSupported('spec.template.spec.restartPolicy', restart, ['Always'])] : []),
    ...(template?.spec.activeDeadlineSeconds !== undefined ? [invalid('spec.template.spec.activeDeadlineSeconds', template.spec.activeDeadlineSeconds, 'activeDeadlineSeconds in ReplicaSet is not Supported')] : []),
  ];
}

/** k8s: `spec.selector` is immutable in apps/v1 */
export const validateSelectorUpdate = (next: Workload, previous: Workload): readonly FieldError[] =>
  (canonicalJson(next.selector) === canonicalJson(previous.selector) ? [] : [immutable('spec.selector', next.selector)]);

/** A count of pods or a percentage. */
export function validateIntOrPercent(field: string, value: number | string | undefined, capped: boolean): readonly FieldError[] {
  if (value === undefined) return [];
  if (typeof value === 'number') return value >= 0 ? [] : [invalid(field, value, 'must be greater than or equal to 0')];
  if (!/^\d{1,9}%$/.test(value)) return [invalid(field, value, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')")];
  return capped && Number(value.slice(0, -1)) > 100 ? [invalid(field, value, 'must not be greater than 100%')] : [];
}

/** 0, `0`, `0%`: nothing at all. */
export const isNone = (value: number | string | undefined): boolean => value !== undefined && Number(String(value).replace(/%$/, '')) === 0;
