/** core/v1: everything but volume sources. One message a line; the notation is described in `messages.ts`. */
export const coreMessages = `
Affinity { 1 nodeAffinity:NodeAffinity, 2 podAffinity:PodAffinity, 3 podAntiAffinity:PodAntiAffinity }
AppArmorProfile { 1 type, 2 localhostProfile }
Binding { 1 metadata:meta.ObjectMeta, 2 target:ObjectReference }
Capabilities { 1 add[], 2 drop[] }
ConfigMap { 1 metadata:meta.ObjectMeta, 4 immutable:bool, 2 data<string>, 3 binaryData<bytes> }
ConfigMapEnvSource { 1 ...localObjectReference:LocalObjectReference, 2 optional:bool }
ConfigMapKeySelector { 1 ...localObjectReference:LocalObjectReference, 2 key, 3 optional:bool }
ConfigMapNodeConfigSource { 1 namespace, 2 name, 3 uid, 4 resourceVersion, 5 kubeletConfigKey }
Container { 1 name, 2 image, 3 command[], 4 args[], 5 workingDir, 6 ports[]:ContainerPort, 19 envFrom[]:EnvFromSource, 7 env[]:EnvVar, 8 resources:ResourceRequirements, 23 resizePolicy[]:ContainerResizePolicy, 24 restartPolicy, 25 restartPolicyRules[]:ContainerRestartRule, 9 volumeMounts[]:VolumeMount, 21 volumeDevices[]:VolumeDevice, 10 livenessProbe:Probe, 11 readinessProbe:Probe, 22 startupProbe:Probe, 12 lifecycle:Lifecycle, 13 terminationMessagePath, 20 terminationMessagePolicy, 14 imagePullPolicy, 15 securityContext:SecurityContext, 16 stdin:bool, 17 stdinOnce:bool, 18 tty:bool }
ContainerImage { 1 names[], 2 sizeBytes:int64 }
ContainerPort { 1 name, 2 hostPort:int32, 3 containerPort:int32, 4 protocol, 5 hostIP }
ContainerResizePolicy { 1 resourceName, 2 restartPolicy }
ContainerRestartRule { 1 action, 2 exitCodes:ContainerRestartRuleOnExitCodes }
ContainerRestartRuleOnExitCodes { 1 operator, 2 values[]:int32 }
ContainerState { 1 waiting:ContainerStateWaiting, 2 running:ContainerStateRunning, 3 terminated:ContainerStateTerminated }
ContainerStateRunning { 1 startedAt:meta.Time }
ContainerStateTerminated { 1 exitCode:int32, 2 signal:int32, 3 reason, 4 message, 5 startedAt:meta.Time, 6 finishedAt:meta.Time, 7 containerID }
ContainerStateWaiting { 1 reason, 2 message }
ContainerStatus { 1 name, 2 state:ContainerState, 3 lastState:ContainerState, 4 ready:bool, 5 restartCount:int32, 6 image, 7 imageID, 8 containerID, 9 started:bool, 10 allocatedResources<resource.Quantity>, 11 resources:ResourceRequirements, 12 volumeMounts[]:VolumeMountStatus }
DaemonEndpoint { 1 Port:int32 }
EnvFromSource { 1 prefix, 2 configMapRef:ConfigMapEnvSource, 3 secretRef:SecretEnvSource }
EnvVar { 1 name, 2 value, 3 valueFrom:EnvVarSource }
EnvVarSource { 1 fieldRef:ObjectFieldSelector, 2 resourceFieldRef:ResourceFieldSelector, 3 configMapKeyRef:ConfigMapKeySelector, 4 secretKeyRef:SecretKeySelector, 5 fileKeyRef:FileKeySelector }
EphemeralContainer { 1 ...ephemeralContainerCommon:EphemeralContainerCommon, 2 targetContainerName }
EphemeralContainerCommon { 1 name, 2 image, 3 command[], 4 args[], 5 workingDir, 6 ports[]:ContainerPort, 19 envFrom[]:EnvFromSource, 7 env[]:EnvVar, 8 resources:ResourceRequirements, 23 resizePolicy[]:ContainerResizePolicy, 24 restartPolicy, 25 restartPolicyRules[]:ContainerRestartRule, 9 volumeMounts[]:VolumeMount, 21 volumeDevices[]:VolumeDevice, 10 livenessProbe:Probe, 11 readinessProbe:Probe, 22 startupProbe:Probe, 12 lifecycle:Lifecycle, 13 terminationMessagePath, 20 terminationMessagePolicy, 14 imagePullPolicy, 15 securityContext:SecurityContext, 16 stdin:bool, 17 stdinOnce:bool, 18 tty:bool }
Event { 1 metadata:meta.ObjectMeta, 2 involvedObject:ObjectReference, 3 reason, 4 message, 5 source:EventSource, 6 firstTimestamp:meta.Time, 7 lastTimestamp:meta.Time, 8 count:int32, 9 type, 10 eventTime:meta.MicroTime, 11 series:EventSeries, 12 action, 13 related:ObjectReference, 14 reportingComponent, 15 reportingInstance }
EventSeries { 1 count:int32, 2 lastObservedTime:meta.MicroTime }
EventSource { 1 component, 2 host }
ExecAction { 1 command[] }
FileKeySelector { 1 volumeName, 2 path, 3 key, 4 optional:bool }
GRPCAction { 1 port:int32, 2 service }
HTTPGetAction { 1 path, 2 port:intstr.IntOrString, 3 host, 4 scheme, 5 httpHeaders[]:HTTPHeader }
HTTPHeader { 1 name, 2 value }
HostAlias { 1 ip, 2 hostnames[] }
HostIP { 1 ip }
Lifecycle { 1 postStart:LifecycleHandler, 2 preStop:LifecycleHandler, 3 stopSignal }
LifecycleHandler { 1 exec:ExecAction, 2 httpGet:HTTPGetAction, 3 tcpSocket:TCPSocketAction, 4 sleep:SleepAction }
LocalObjectReference { 1 name }
Namespace { 1 metadata:meta.ObjectMeta, 2 spec:NamespaceSpec, 3 status:NamespaceStatus }
NamespaceCondition { 1 type, 2 status, 4 lastTransitionTime:meta.Time, 5 reason, 6 message }
NamespaceSpec { 1 finalizers[] }
NamespaceStatus { 1 phase, 2 conditions[]:NamespaceCondition }
Node { 1 metadata:meta.ObjectMeta, 2 spec:NodeSpec, 3 status:NodeStatus }
NodeAddress { 1 type, 2 address }
NodeAffinity { 1 requiredDuringSchedulingIgnoredDuringExecution:NodeSelector, 2 preferredDuringSchedulingIgnoredDuringExecution[]:PreferredSchedulingTerm }
NodeCondition { 1 type, 2 status, 3 lastHeartbeatTime:meta.Time, 4 lastTransitionTime:meta.Time, 5 reason, 6 message }
NodeConfigSource { 2 configMap:ConfigMapNodeConfigSource }
NodeDaemonEndpoints { 1 kubeletEndpoint:DaemonEndpoint }
NodeRuntimeHandler { 1 name, 2 features:NodeRuntimeHandlerFeatures }
NodeRuntimeHandlerFeatures { 1 recursiveReadOnlyMounts:bool, 2 userNamespaces:bool }
NodeSelector { 1 nodeSelectorTerms[]:NodeSelectorTerm }
NodeSelectorRequirement { 1 key, 2 operator, 3 values[] }
NodeSelectorTerm { 1 matchExpressions[]:NodeSelectorRequirement, 2 matchFields[]:NodeSelectorRequirement }
NodeSpec { 1 podCIDR, 7 podCIDRs[], 3 providerID, 4 unschedulable:bool, 5 taints[]:Taint, 6 configSource:NodeConfigSource, 2 externalID }
NodeStatus { 1 capacity<resource.Quantity>, 2 allocatable<resource.Quantity>, 3 phase, 4 conditions[]:NodeCondition, 5 addresses[]:NodeAddress, 6 daemonEndpoints:NodeDaemonEndpoints, 7 nodeInfo:NodeSystemInfo, 8 images[]:ContainerImage, 9 volumesInUse[], 12 runtimeHandlers[]:NodeRuntimeHandler }
NodeSystemInfo { 1 machineID, 2 systemUUID, 3 bootID, 4 kernelVersion, 5 osImage, 6 containerRuntimeVersion, 7 kubeletVersion, 8 kubeProxyVersion, 9 operatingSystem, 10 architecture }
ObjectFieldSelector { 1 apiVersion, 2 fieldPath }
ObjectReference { 1 kind, 2 namespace, 3 name, 4 uid, 5 apiVersion, 6 resourceVersion, 7 fieldPath }
Pod { 1 metadata:meta.ObjectMeta, 2 spec:PodSpec, 3 status:PodStatus }
PodAffinity { 1 requiredDuringSchedulingIgnoredDuringExecution[]:PodAffinityTerm, 2 preferredDuringSchedulingIgnoredDuringExecution[]:WeightedPodAffinityTerm }
PodAffinityTerm { 1 labelSelector:meta.LabelSelector, 2 namespaces[], 3 topologyKey, 4 namespaceSelector:meta.LabelSelector, 5 matchLabelKeys[], 6 mismatchLabelKeys[] }
PodAntiAffinity { 1 requiredDuringSchedulingIgnoredDuringExecution[]:PodAffinityTerm, 2 preferredDuringSchedulingIgnoredDuringExecution[]:WeightedPodAffinityTerm }
PodCondition { 1 type, 7 observedGeneration:int64, 2 status, 3 lastProbeTime:meta.Time, 4 lastTransitionTime:meta.Time, 5 reason, 6 message }
PodDNSConfig { 1 nameservers[], 2 searches[], 3 options[]:PodDNSConfigOption }
PodDNSConfigOption { 1 name, 2 value }
PodIP { 1 ip }
PodOS { 1 name }
PodReadinessGate { 1 conditionType }
PodResourceClaim { 1 name, 3 resourceClaimName, 4 resourceClaimTemplateName }
PodSchedulingGate { 1 name }
PodSecurityContext { 1 seLinuxOptions:SELinuxOptions, 8 windowsOptions:WindowsSecurityContextOptions, 2 runAsUser:int64, 6 runAsGroup:int64, 3 runAsNonRoot:bool, 4 supplementalGroups[]:int64, 12 supplementalGroupsPolicy, 5 fsGroup:int64, 7 sysctls[]:Sysctl, 9 fsGroupChangePolicy, 10 seccompProfile:SeccompProfile, 11 appArmorProfile:AppArmorProfile, 13 seLinuxChangePolicy }
PodSpec { 1 volumes[]:Volume, 20 initContainers[]:Container, 2 containers[]:Container, 34 ephemeralContainers[]:EphemeralContainer, 3 restartPolicy, 4 terminationGracePeriodSeconds:int64, 5 activeDeadlineSeconds:int64, 6 dnsPolicy, 7 nodeSelector<string>, 8 serviceAccountName, 9 serviceAccount, 21 automountServiceAccountToken:bool, 10 nodeName, 11 hostNetwork:bool, 12 hostPID:bool, 13 hostIPC:bool, 27 shareProcessNamespace:bool, 14 securityContext:PodSecurityContext, 15 imagePullSecrets[]:LocalObjectReference, 16 hostname, 17 subdomain, 18 affinity:Affinity, 19 schedulerName, 22 tolerations[]:Toleration, 23 hostAliases[]:HostAlias, 24 priorityClassName, 25 priority:int32, 26 dnsConfig:PodDNSConfig, 28 readinessGates[]:PodReadinessGate, 29 runtimeClassName, 30 enableServiceLinks:bool, 31 preemptionPolicy, 32 overhead<resource.Quantity>, 33 topologySpreadConstraints[]:TopologySpreadConstraint, 35 setHostnameAsFQDN:bool, 36 os:PodOS, 37 hostUsers:bool, 38 schedulingGates[]:PodSchedulingGate, 39 resourceClaims[]:PodResourceClaim, 40 resources:ResourceRequirements, 41 hostnameOverride }
PodStatus { 17 observedGeneration:int64, 1 phase, 2 conditions[]:PodCondition, 3 message, 4 reason, 11 nominatedNodeName, 5 hostIP, 16 hostIPs[]:HostIP, 6 podIP, 12 podIPs[]:PodIP, 7 startTime:meta.Time, 10 initContainerStatuses[]:ContainerStatus, 8 containerStatuses[]:ContainerStatus, 9 qosClass, 13 ephemeralContainerStatuses[]:ContainerStatus }
PodTemplateSpec { 1 metadata:meta.ObjectMeta, 2 spec:PodSpec }
PreferredSchedulingTerm { 1 weight:int32, 2 preference:NodeSelectorTerm }
Probe { 1 ...handler:ProbeHandler, 2 initialDelaySeconds:int32, 3 timeoutSeconds:int32, 4 periodSeconds:int32, 5 successThreshold:int32, 6 failureThreshold:int32, 7 terminationGracePeriodSeconds:int64 }
ProbeHandler { 1 exec:ExecAction, 2 httpGet:HTTPGetAction, 3 tcpSocket:TCPSocketAction, 4 grpc:GRPCAction }
ResourceClaim { 1 name, 2 request }
ResourceFieldSelector { 1 containerName, 2 resource, 3 divisor:resource.Quantity }
ResourceRequirements { 1 limits<resource.Quantity>, 2 requests<resource.Quantity>, 3 claims[]:ResourceClaim }
SELinuxOptions { 1 user, 2 role, 3 type, 4 level }
SeccompProfile { 1 type, 2 localhostProfile }
Secret { 1 metadata:meta.ObjectMeta, 5 immutable:bool, 2 data<bytes>, 4 stringData<string>, 3 type }
SecretEnvSource { 1 ...localObjectReference:LocalObjectReference, 2 optional:bool }
SecretKeySelector { 1 ...localObjectReference:LocalObjectReference, 2 key, 3 optional:bool }
SecurityContext { 1 capabilities:Capabilities, 2 privileged:bool, 3 seLinuxOptions:SELinuxOptions, 10 windowsOptions:WindowsSecurityContextOptions, 4 runAsUser:int64, 8 runAsGroup:int64, 5 runAsNonRoot:bool, 6 readOnlyRootFilesystem:bool, 7 allowPrivilegeEscalation:bool, 9 procMount, 11 seccompProfile:SeccompProfile, 12 appArmorProfile:AppArmorProfile }
ServiceAccount { 1 metadata:meta.ObjectMeta, 2 secrets[]:ObjectReference, 3 imagePullSecrets[]:LocalObjectReference, 4 automountServiceAccountToken:bool }
SleepAction { 1 seconds:int64 }
Sysctl { 1 name, 2 value }
TCPSocketAction { 1 port:intstr.IntOrString, 2 host }
Taint { 1 key, 2 value, 3 effect, 4 timeAdded:meta.Time }
Toleration { 1 key, 2 operator, 3 value, 4 effect, 5 tolerationSeconds:int64 }
TopologySpreadConstraint { 1 maxSkew:int32, 2 topologyKey, 3 whenUnsatisfiable, 4 labelSelector:meta.LabelSelector, 5 minDomains:int32, 6 nodeAffinityPolicy, 7 nodeTaintsPolicy, 8 matchLabelKeys[] }
VolumeDevice { 1 name, 2 devicePath }
VolumeMount { 1 name, 2 readOnly:bool, 7 recursiveReadOnly, 3 mountPath, 4 subPath, 5 mountPropagation, 6 subPathExpr }
VolumeMountStatus { 1 name, 2 mountPath, 3 readOnly:bool, 4 recursiveReadOnly }
WeightedPodAffinityTerm { 1 weight:int32, 2 podAffinityTerm:PodAffinityTerm }
WindowsSecurityContextOptions { 1 gmsaCredentialSpecName, 2 gmsaCredentialSpec, 3 runAsUserName, 4 hostProcess:bool }
`;
