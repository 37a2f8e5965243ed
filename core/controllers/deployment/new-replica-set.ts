import { controllerReference } from '../../api/owners.js';
import type { Draft } from '../../api/resource.js';
import { deployments } from '../../api/resources.js';
import { templateHash } from '../../api/template-hash.js';
import type { Deployment, ReplicaSet } from '../../api/types.js';
import { newestAnnotations, sizeAnnotations } from './annotations.js';
import { limitsOf } from './limits.js';
import { hashLabel } from './replica-sets.js';

/** The ReplicaSet of the template as it is now. k8s: deployment/sync.go getNewReplicaSet */
export function newReplicaSet(deployment: Deployment, revision: number, replicas: number): Draft<ReplicaSet> {
  const { metadata, spec, status } = deployment;
  const hash = templateHash(spec.template, status?.collisionCount ?? 0);
  const labels = { ...spec.template.metadata?.labels, [hashLabel]: hash };
  const limits = limitsOf(deployment);
  return {
    metadata: {
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }), name: `${metadata.name}-${hash}`, labels,
      annotations: { ...newestAnnotations(deployment, undefined, revision), ...sizeAnnotations(limits.replicas, limits.replicas + limits.maxSurge) },
      ownerReferences: [controllerReference(deployments, deployment)],
    },
    spec: {
      replicas, minReadySeconds: spec.minReadySeconds ?? 0,
      selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, [hashLabel]: hash } },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
  };
}
