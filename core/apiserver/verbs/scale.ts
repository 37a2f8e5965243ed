import type { KubeObject } from '../../api/resource.js';
import { selectorText } from '../../api/labels.js';
import type { LabelSelector, Scale } from '../../api/types.js';
import { invalid } from '../refusals.js';
import type { Target, VerbContext, WriteOptions } from './context.js';
import { get, newest } from './get.js';
import { checkPreconditions, update } from './update.js';

/** Every kind with a `scale` subresource is shaped like this. k8s: autoscaling/v1.Scale */
interface Scalable extends KubeObject {
  readonly spec: { readonly replicas?: number; readonly selector?: LabelSelector };
  readonly status?: { readonly replicas?: number };
}

const scaleKind = { resource: { group: 'autoscaling', kind: 'Scale', version: 'v1', plural: '', namespaced: true, key: '' } } as const;

/** GET …/scale */
export const getScale = (context: VerbContext, target: Target): Scale => scaleOf(get(context, target) as Scalable);

/** What a patch of …/scale is based on. */
export const newestScale = (context: VerbContext, target: Target): Scale => scaleOf(newest(context, target) as Scalable);

/** PUT …/scale: sets `spec.replicas` of the object, and nothing else. */
export async function setScale(context: VerbContext, target: Target, scale: Scale, options: WriteOptions = {}): Promise<Scale> {
  const previous = newest(context, target) as Scalable;
  checkPreconditions<KubeObject>(target, scale, previous);
  const replicas: unknown = (scale.spec as Scale['spec'] | undefined)?.replicas ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas < 0 || replicas > 0x7fffffff) {
    throw invalid(scaleKind, target.name, [{ type: 'Invalid', field: 'spec.replicas', value: replicas, detail: 'must be greater than or equal to 0' }]);
  }
  const next: Scalable = { ...previous, spec: { ...previous.spec, replicas } };
  return scaleOf(await update(context, target, next, options) as Scalable);
}

function scaleOf({ metadata, spec, status }: Scalable): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale', apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas ?? 0 },
    status: { replicas: status?.replicas ?? 0, selector: selectorText(spec.selector) },
  };
}
