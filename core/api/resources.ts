/** The built-in resources, by their Kubernetes names. The registry (`registry.ts`) says how each behaves. */
import { resource, type Resource } from './resource.js';
import type {
  ConfigMap, ControllerRevision, DaemonSet, Deployment, Event, Lease, Namespace, Node, Pod, ReplicaSet, RuntimeClass, Secret, ServiceAccount,
} from './types.js';

export const namespaces: Resource<Namespace> = resource('', 'v1', 'namespaces', 'Namespace', 'Cluster');
export const nodes: Resource<Node> = resource('', 'v1', 'nodes', 'Node', 'Cluster');
export const pods: Resource<Pod> = resource('', 'v1', 'pods', 'Pod', 'Namespaced');
export const configMaps: Resource<ConfigMap> = resource('', 'v1', 'configmaps', 'ConfigMap', 'Namespaced');
export const secrets: Resource<Secret> = resource('', 'v1', 'secrets', 'Secret', 'Namespaced');
export const serviceAccounts: Resource<ServiceAccount> = resource('', 'v1', 'serviceaccounts', 'ServiceAccount', 'Namespaced');
export const events: Resource<Event> = resource('', 'v1', 'events', 'Event', 'Namespaced');
export const deployments: Resource<Deployment> = resource('apps', 'v1', 'deployments', 'Deployment', 'Namespaced');
export const replicaSets: Resource<ReplicaSet> = resource('apps', 'v1', 'replicasets', 'ReplicaSet', 'Namespaced');
export const daemonSets: Resource<DaemonSet> = resource('apps', 'v1', 'daemonsets', 'DaemonSet', 'Namespaced');
export const controllerRevisions: Resource<ControllerRevision> = resource('apps', 'v1', 'controllerrevisions', 'ControllerRevision', 'Namespaced');
export const runtimeClasses: Resource<RuntimeClass> = resource('node.k8s.io', 'v1', 'runtimeclasses', 'RuntimeClass', 'Cluster');
export const leases: Resource<Lease> = resource('coordination.k8s.io', 'v1', 'leases', 'Lease', 'Namespaced');

export const builtInResources: readonly Resource[] = [
  namespaces, nodes, pods, configMaps, secrets, serviceAccounts, events, deployments, replicaSets, daemonSets, controllerRevisions, runtimeClasses, leases,
];
