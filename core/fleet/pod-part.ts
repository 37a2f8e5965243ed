import type { Pod, PodSpec } from '../api/types.js';
import type { PodPart } from '../messaging/wire.js';

/** What only the master needs: where a pod may run, and as whom it talks to the API. */
const mastersOnly: ReadonlySet<string> = new Set([
  'nodeName', 'nodeSelector', 'affinity', 'tolerations', 'schedulerName', 'priority', 'priorityClassName', 'preemptionPolicy', 'topologySpreadConstraints',
  'schedulingGates', 'serviceAccount', 'enableServiceLinks', 'overhead',
]);

/** What the pods of one template share, the same bytes on every node. */
export function podPart({ metadata, spec }: Pod): PodPart {
  const kept = Object.fromEntries(Object.entries(spec).filter(([key]) => !mastersOnly.has(key))) as unknown as PodSpec;
  return { kind: 'pod', labels: metadata.labels ?? {}, annotations: metadata.annotations ?? {}, spec: kept };
}

export interface ObjectReference { readonly kind: 'config' | 'secret'; readonly name: string }

/** ConfigMaps and Secrets of its namespace that a pod's environment, volumes and pulls need. */
export function referencesOf({ containers, initContainers = [], volumes = [], imagePullSecrets = [] }: PodSpec): readonly ObjectReference[] {
  const found = new Map<string, ObjectReference>();
  const add = (kind: ObjectReference['kind'], name: string | undefined): void => { if (name !== undefined && name !== '') found.set(`${kind}/${name}`, { kind, name }); };
  for (const { env = [], envFrom = [] } of [...initContainers, ...containers]) {
    for (const { valueFrom } of env) { add('config', valueFrom?.configMapKeyRef?.name); add('secret', valueFrom?.secretKeyRef?.name); }
    for (const { configMapRef, secretRef } of envFrom) { add('config', configMapRef?.name); add('secret', secretRef?.name); }
  }
  for (const { configMap, secret, projected } of volumes) {
    add('config', configMap?.name);
    add('secret', secret?.secretName);
    for (const source of projected?.sources ?? []) { add('config', source.configMap?.name); add('secret', source.secret?.name); }
  }
  for (const { name } of imagePullSecrets) add('secret', name);
  return [...found.values()];
}
