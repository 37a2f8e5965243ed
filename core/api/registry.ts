import { daemonSetKind } from './daemon-set/index.js';
import { deploymentKind } from './deployment/index.js';
import type { KindDefinition } from './kind.js';
import { nodeKind } from './node/index.js';
import { configMapKind } from './others/config-map.js';
import { controllerRevisionKind } from './others/controller-revision.js';
import { eventKind } from './others/event.js';
import { leaseKind } from './others/lease.js';
import { namespaceKind } from './others/namespace.js';
import { runtimeClassKind } from './others/runtime-class.js';
import { secretKind } from './others/secret.js';
import { serviceAccountKind } from './others/service-account.js';
import { podKind } from './pod/index.js';
import { replicaSetKind } from './replica-set/index.js';

/** Every built-in kind. The order is the order in which clients look a short or ambiguous name up. */
export const builtInKinds: readonly KindDefinition[] = [
  configMapKind, eventKind, namespaceKind, nodeKind, podKind, secretKind, serviceAccountKind,
  controllerRevisionKind, daemonSetKind, deploymentKind, replicaSetKind,
  leaseKind, runtimeClassKind,
];
