/** What `kubectl explain` says: message → field → sentence; '' is the message itself. In our own words. */
export const descriptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'meta.ObjectMeta': {
    '': 'What every object carries: its names, its version, its labels and who owns it.', name: 'Unique within a namespace; cannot be changed.', generateName: 'Prefix of a name that the server completes.',
    namespace: 'The space in which the name is unique.', labels: 'Pairs to organise and select objects by.', annotations: 'Pairs for tools; nothing selects by them.', uid: 'Unique in time and space; given by the server.',
    resourceVersion: 'Version of this object, for conflict detection and watches. Opaque.', generation: 'Rises when the desired state changes.', creationTimestamp: 'When the server accepted it.',
    deletionTimestamp: 'Set by a graceful delete; the object goes when its finalizers are gone.', ownerReferences: 'When all owners are gone, so is this.', finalizers: 'Each must be removed before the object goes.',
  },
  Pod: { '': 'Containers that run together on one node, share its network identity and volumes.', spec: 'What should run.', status: 'What the node last reported.', metadata: 'Standard object metadata.' },
  PodSpec: {
    '': 'What a pod runs and where it may.', containers: 'At least one; cannot be added or removed later.', initContainers: 'Run one after another before the others start; those with restartPolicy Always go on as sidecars.',
    volumes: 'What containers may mount.', restartPolicy: 'Always, OnFailure or Never.', nodeName: 'The node it is bound to.', nodeSelector: 'Labels a node must have.', runtimeClassName: 'The runtime: docker, podman, process or one a plugin brought; the default of the node without it.',
    terminationGracePeriodSeconds: 'Seconds from TERM to KILL. Default 30.', tolerations: 'Taints it can live with.', affinity: 'Finer rules of where it may run.', hostNetwork: 'Use the network of the node itself.', serviceAccountName: 'The identity it runs with.',
  },
  Container: {
    '': 'One container of a pod.', name: 'Unique within the pod; a DNS label.', image: 'Reference of the image; `host` for the process runtime.', command: "Replaces the image's entrypoint.", args: 'Arguments of the entrypoint.', env: 'Variables to set.', envFrom: 'ConfigMaps and Secrets whose keys become variables.',
    ports: 'Ports it listens on; hostPort publishes one on the node.', resources: 'What it needs (requests) and may use (limits).', volumeMounts: 'Where volumes appear.', livenessProbe: 'Restart it when this fails.', readinessProbe: 'Not ready while this fails.', startupProbe: 'The other probes wait for this.',
    imagePullPolicy: 'Always, IfNotPresent or Never.', workingDir: 'Folder to start in.', securityContext: 'User, capabilities and the like.', lifecycle: 'Hooks after the start and before the stop.',
  },
  Node: { '': 'A machine that runs pods; made when an agent joins.', spec: 'Taints, and whether new pods may come.', status: 'What the agent reports, and whether it can be reached.' },
  Namespace: { '': 'A space for names.' }, ConfigMap: { '': 'Configuration that is not secret.', data: 'Text by key.', binaryData: 'Bytes by key, base64.', immutable: 'Never to be changed again.' },
  Secret: { '': 'Confidential data.', data: 'Bytes by key, base64.', stringData: 'Text by key; write only, joins data.', type: 'What the keys promise.' }, ServiceAccount: { '': 'An identity for what runs in pods.' },
  Event: { '': 'Something that happened to an object; kept for an hour.' },
  'apps/v1.Deployment': { '': 'Keeps a number of equal pods running and rolls out changes.', spec: 'What should run and how changes are rolled out.', status: 'How far it got.' },
  'apps/v1.DeploymentSpec': { replicas: 'How many pods. Default 1.', selector: 'The pods it owns; cannot be changed.', template: 'What each pod is made from.', strategy: 'RollingUpdate (default) or Recreate.', minReadySeconds: 'How long a new pod must be ready to count.', paused: 'Changes are not rolled out while set.', revisionHistoryLimit: 'Old ReplicaSets to keep for undo. Default 10.', progressDeadlineSeconds: 'Without progress for so long, the rollout has failed. Default 600.' },
  'apps/v1.ReplicaSet': { '': 'Keeps a number of equal pods running; usually made by a Deployment.' },
  'apps/v1.DaemonSet': { '': 'Runs one pod on every node that fits.', spec: 'What should run, and on which nodes.', status: 'How far it got.' },
  'apps/v1.DaemonSetSpec': { selector: 'The pods it owns; cannot be changed.', template: 'What each pod is made from; its nodeSelector, affinity and tolerations say on which nodes.', updateStrategy: 'RollingUpdate (default) or OnDelete.' },
  'apps/v1.ControllerRevision': { '': 'A past template of a DaemonSet, for undo.' }, 'node/v1.RuntimeClass': { '': 'Names a runtime that pods may ask for.', handler: 'The runtime plugin on the node.' }, 'coordination/v1.Lease': { '': 'Who holds something, and until when.' },
};
