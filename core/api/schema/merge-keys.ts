/**
 * How lists and structs of built-in types merge. Facts of the upstream OpenAPI (`x-kubernetes-patch-*`, `x-kubernetes-list-*`);
 * lists that are not here are atomic, structs and maps are granular.
 */

export interface ListMerge {
  /** Strategic merge key of a list of structs; '' for a primitive list that merges as a set. */
  readonly patchKey: string;
  /** Keys for server-side apply, where they differ from `patchKey`. */
  readonly listKeys?: readonly string[];
  /** `retainKeys` stands beside `merge`. */
  readonly retainKeys?: boolean;
}

const by = (patchKey: string, ...listKeys: readonly string[]): ListMerge => (listKeys.length === 0 ? { patchKey } : { patchKey, listKeys });
const conditions = { conditions: by('type') };

const container: Readonly<Record<string, ListMerge>> = {
  env: by('name'), ports: by('containerPort', 'containerPort', 'protocol'), volumeMounts: by('mountPath'), volumeDevices: by('devicePath'),
};

/** Message → field → how it merges. */
export const listMerges: Readonly<Record<string, Readonly<Record<string, ListMerge>>>> = {
  'meta.ObjectMeta': { ownerReferences: by('uid'), finalizers: by('') },
  PodSpec: {
    containers: by('name'), initContainers: by('name'), ephemeralContainers: by('name'), imagePullSecrets: by('name'), schedulingGates: by('name'),
    resourceClaims: { patchKey: 'name', retainKeys: true }, volumes: { patchKey: 'name', retainKeys: true }, hostAliases: by('ip'),
    topologySpreadConstraints: by('topologyKey', 'topologyKey', 'whenUnsatisfiable'),
  },
  Container: container, EphemeralContainerCommon: container,
  ServiceAccount: { secrets: by('name') },
  NodeSpec: { podCIDRs: by('') },
  PodStatus: { podIPs: by('ip'), hostIPs: by('ip'), ...conditions },
  ContainerStatus: { volumeMounts: by('mountPath') },
  NodeStatus: { addresses: by('type'), ...conditions },
  NamespaceStatus: conditions, 'apps/v1.DeploymentStatus': conditions, 'apps/v1.ReplicaSetStatus': conditions, 'apps/v1.DaemonSetStatus': conditions,
};

/** Structs of which a patch keeps only the named keys. */
export const retainKeysStructs: Readonly<Record<string, readonly string[]>> = { 'apps/v1.DeploymentSpec': ['strategy'] };
