import { pods } from '../../api/resources.js';
import type { Pod, PodCondition } from '../../api/types.js';
import { conflict, invalid } from '../refusals.js';
import { timestamp } from '../time.js';
import type { Target, VerbContext, WriteOptions } from './context.js';
import { newest } from './get.js';
import { store } from './update.js';

/** k8s: core/v1.Binding as far as it decides anything. */
export interface Bind {
  readonly node: string;
  readonly uid?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

const bindingKind = { resource: { group: '', kind: 'Binding', version: 'v1', plural: 'bindings', namespaced: true, key: 'bindings' } } as const;

/** POST pods/x/binding: gives an unbound pod to a node, once. k8s: pkg/registry/core/pod/storage BindingREST */
export async function bind(context: VerbContext, target: Target<Pod>, { node, uid, annotations }: Bind, options: WriteOptions = {}): Promise<Pod> {
  const { name } = target;
  if (node === '') throw invalid(bindingKind, name, [{ type: 'Required', field: 'target.name', detail: '' }]);
  const pod = newest(context, target);
  const refuse = (why: string): Error => conflict({ group: '', plural: 'pods/binding' }, name, why);
  if (uid !== undefined && uid !== '' && uid !== pod.metadata.uid) throw conflict(pods, name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${pod.metadata.uid}`);
  if (pod.metadata.deletionTimestamp !== undefined) throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName !== undefined && pod.spec.nodeName !== '') throw refuse(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`);
  const scheduled: PodCondition = { type: 'PodScheduled', status: 'True', lastTransitionTime: timestamp(context.clock.now()) };
  const conditions = [...(pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled'), scheduled];
  const metadata = annotations === undefined ? pod.metadata : { ...pod.metadata, annotations: { ...pod.metadata.annotations, ...annotations } };
  return store(context, target, { ...pod, metadata, spec: { ...pod.spec, nodeName: node }, status: { ...pod.status, conditions } }, options);
}
