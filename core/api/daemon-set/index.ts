import { ageColumn, nameColumn, templateColumns } from '../columns.js';
import { kind, type FieldError } from '../kind.js';
import { labelsText, selectorText } from '../labels.js';
import { podTemplateDefaults } from '../pod/defaults.js';
import { daemonSets } from '../resources.js';
import { settled } from '../settled.js';
import type { DaemonSet, DaemonSetSpec, DaemonSetStatus } from '../types.js';
import { invalid, nonNegative, notSupported } from '../validation/errors.js';
import { validateMetadata } from '../validation/metadata.js';
import { isNone, validateIntOrPercent, validateSelectorUpdate, validateWorkload } from '../validation/workload.js';

/** k8s: SetDefaults_DaemonSet */
function specDefaults(spec: DaemonSetSpec): DaemonSetSpec {
  const type = spec.updateStrategy?.type ?? 'RollingUpdate';
  const rolling = spec.updateStrategy?.rollingUpdate;
  return settled(spec, {
    template: (spec.template as DaemonSetSpec['template'] | undefined) === undefined ? undefined : podTemplateDefaults(spec.template),
    updateStrategy: type === 'RollingUpdate' ? { type, rollingUpdate: { maxUnavailable: rolling?.maxUnavailable ?? 1, maxSurge: rolling?.maxSurge ?? 0 } } : { ...spec.updateStrategy, type },
    revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
  });
}

function validateStrategy({ updateStrategy }: DaemonSetSpec): readonly FieldError[] {
  const field = 'spec.updateStrategy.rollingUpdate';
  const rolling = updateStrategy?.rollingUpdate;
  if (updateStrategy?.type === 'OnDelete') return [];
  if (updateStrategy?.type !== 'RollingUpdate') return [notSupported('spec.updateStrategy', updateStrategy?.type ?? '', ['RollingUpdate', 'OnDelete'])];
  const [noSurge, noUnavailable] = [isNone(rolling?.maxSurge), isNone(rolling?.maxUnavailable)];
  return [
    ...validateIntOrPercent(`${field}.maxUnavailable`, rolling?.maxUnavailable, true), ...validateIntOrPercent(`${field}.maxSurge`, rolling?.maxSurge, true),
    ...(noSurge && noUnavailable ? [invalid(`${field}.maxUnavailable`, rolling?.maxUnavailable, 'cannot be 0 when maxSurge is 0')] : []),
    ...(!noSurge && !noUnavailable ? [invalid(`${field}.maxSurge`, rolling?.maxSurge, 'may not be set when maxUnavailable is non-zero')] : []),
  ];
}

const count = (name: string, key: keyof DaemonSetStatus): { readonly name: string; readonly type: 'integer'; cell(object: DaemonSet): number } =>
  ({ name, type: 'integer', cell: ({ status }) => Number(status?.[key] ?? 0) });

export const daemonSetKind = kind<DaemonSet>({
  resource: daemonSets, singular: 'daemonset', shortNames: ['ds'], categories: ['all'], message: 'apps/v1.DaemonSet', subresources: ['status'], fields: {},
  columns: [
    nameColumn, count('Desired', 'desiredNumberScheduled'), count('Current', 'currentNumberScheduled'), count('Ready', 'numberReady'),
    count('Up-to-date', 'updatedNumberScheduled'), count('Available', 'numberAvailable'),
    { name: 'Node Selector', type: 'string', cell: ({ spec }) => labelsText(spec.template.spec.nodeSelector) },
    ageColumn, ...templateColumns<DaemonSet>(({ spec }) => spec.template.spec),
    { name: 'Selector', type: 'string', wide: true, cell: ({ spec }) => selectorText(spec.selector) },
  ],
  strategy: {
    defaults: (draft) => ({ ...draft, spec: specDefaults((draft.spec as DaemonSetSpec | undefined) ?? ({} as DaemonSetSpec)) }),
    prepareForCreate: (draft) => ({ ...draft, status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 } }),
    validate: ({ metadata, spec }) => [
      ...validateMetadata(metadata), ...validateWorkload(spec), ...validateStrategy(spec),
      ...nonNegative('spec.minReadySeconds', spec.minReadySeconds), ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ],
    validateUpdate: (next, previous) => validateSelectorUpdate(next.spec, previous.spec),
  },
});
