import { ageColumn, nameColumn, templateColumns } from '../columns.js';
import { kind, type FieldError } from '../kind.js';
import { selectorText } from '../labels.js';
import { podTemplateDefaults } from '../pod/defaults.js';
import type { Draft } from '../resource.js';
import { deployments } from '../resources.js';
import { settled } from '../settled.js';
import type { Deployment, DeploymentSpec } from '../types.js';
import { forbidden, invalid, nonNegative, oneOf } from '../validation/errors.js';
import { validateMetadata } from '../validation/metadata.js';
import { isNone, validateIntOrPercent, validateSelectorUpdate, validateWorkload } from '../validation/workload.js';

/** k8s: SetDefaults_Deployment */
function specDefaults(spec: DeploymentSpec): DeploymentSpec {
  const type = spec.strategy?.type ?? 'RollingUpdate';
  const rolling = { maxUnavailable: spec.strategy?.rollingUpdate?.maxUnavailable ?? '25%', maxSurge: spec.strategy?.rollingUpdate?.maxSurge ?? '25%' };
  return settled(spec, {
    replicas: spec.replicas ?? 1,
    template: (spec.template as DeploymentSpec['template'] | undefined) === undefined ? undefined : podTemplateDefaults(spec.template),
    strategy: type === 'RollingUpdate' ? { ...spec.strategy, type, rollingUpdate: rolling } : { ...spec.strategy, type },
    revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
  });
}

function validateStrategy({ strategy }: DeploymentSpec): readonly FieldError[] {
  const rolling = strategy?.rollingUpdate;
  const field = 'spec.strategy.rollingUpdate';
  return [
    ...oneOf('spec.strategy.type', strategy?.type, ['Recreate', 'RollingUpdate']),
    ...(strategy?.type === 'Recreate' && rolling !== undefined ? [forbidden(field, "may not be specified when strategy `type` is 'Recreate'")] : []),
    ...validateIntOrPercent(`${field}.maxUnavailable`, rolling?.maxUnavailable, true),
    ...validateIntOrPercent(`${field}.maxSurge`, rolling?.maxSurge, false),
    ...(isNone(rolling?.maxSurge) && isNone(rolling?.maxUnavailable) ? [invalid(`${field}.maxUnavailable`, rolling?.maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
  ];
}

function validate({ metadata, spec }: Draft<Deployment>): readonly FieldError[] {
  const { minReadySeconds = 0, progressDeadlineSeconds } = spec;
  return [
    ...validateMetadata(metadata), ...nonNegative('spec.replicas', spec.replicas), ...validateWorkload(spec), ...validateStrategy(spec),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds), ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit), ...nonNegative('spec.progressDeadlineSeconds', progressDeadlineSeconds),
    ...(progressDeadlineSeconds !== undefined && progressDeadlineSeconds <= minReadySeconds ? [invalid('spec.progressDeadlineSeconds', progressDeadlineSeconds, 'must be greater than minReadySeconds')] : []),
  ];
}

export const deploymentKind = kind<Deployment>({
  resource: deployments, singular: 'deployment', shortNames: ['deploy'], categories: ['all'], message: 'apps/v1.Deployment', subresources: ['status', 'scale'], fields: {},
  columns: [
    nameColumn,
    { name: 'Ready', type: 'string', description: 'Ready pods, of the wanted.', cell: ({ spec, status }) => `${String(status?.readyReplicas ?? 0)}/${String(spec.replicas ?? 0)}` },
    { name: 'Up-to-date', type: 'string', cell: ({ status }) => String(status?.updatedReplicas ?? 0) },
    { name: 'Available', type: 'string', cell: ({ status }) => String(status?.availableReplicas ?? 0) },
    ageColumn, ...templateColumns<Deployment>(({ spec }) => spec.template.spec),
    { name: 'Selector', type: 'string', wide: true, cell: ({ spec }) => selectorText(spec.selector) },
  ],
  strategy: {
    defaults: (draft) => ({ ...draft, spec: specDefaults((draft.spec as DeploymentSpec | undefined) ?? ({} as DeploymentSpec)) }),
    prepareForCreate: (draft) => ({ ...draft, status: {} }),
    validate, validateUpdate: (next, previous) => validateSelectorUpdate(next.spec, previous.spec),
  },
});
