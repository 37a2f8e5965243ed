/** apps/v1. One message a line; the notation is described in `messages.ts`. */
export const appsMessages = `
apps/v1.ControllerRevision { 1 metadata:meta.ObjectMeta, 2 data:runtime.RawExtension, 3 revision:int64 }
apps/v1.DaemonSet { 1 metadata:meta.ObjectMeta, 2 spec:apps/v1.DaemonSetSpec, 3 status:apps/v1.DaemonSetStatus }
apps/v1.DaemonSetCondition { 1 type, 2 status, 3 lastTransitionTime:meta.Time, 4 reason, 5 message }
apps/v1.DaemonSetSpec { 1 selector:meta.LabelSelector, 2 template:PodTemplateSpec, 3 updateStrategy:apps/v1.DaemonSetUpdateStrategy, 4 minReadySeconds:int32, 6 revisionHistoryLimit:int32 }
apps/v1.DaemonSetStatus { 1 currentNumberScheduled:int32, 2 numberMisscheduled:int32, 3 desiredNumberScheduled:int32, 4 numberReady:int32, 5 observedGeneration:int64, 6 updatedNumberScheduled:int32, 7 numberAvailable:int32, 8 numberUnavailable:int32, 9 collisionCount:int32, 10 conditions[]:apps/v1.DaemonSetCondition }
apps/v1.DaemonSetUpdateStrategy { 1 type, 2 rollingUpdate:apps/v1.RollingUpdateDaemonSet }
apps/v1.Deployment { 1 metadata:meta.ObjectMeta, 2 spec:apps/v1.DeploymentSpec, 3 status:apps/v1.DeploymentStatus }
apps/v1.DeploymentCondition { 1 type, 2 status, 6 lastUpdateTime:meta.Time, 7 lastTransitionTime:meta.Time, 4 reason, 5 message }
apps/v1.DeploymentSpec { 1 replicas:int32, 2 selector:meta.LabelSelector, 3 template:PodTemplateSpec, 4 strategy:apps/v1.DeploymentStrategy, 5 minReadySeconds:int32, 6 revisionHistoryLimit:int32, 7 paused:bool, 9 progressDeadlineSeconds:int32 }
apps/v1.DeploymentStatus { 1 observedGeneration:int64, 2 replicas:int32, 3 updatedReplicas:int32, 7 readyReplicas:int32, 4 availableReplicas:int32, 5 unavailableReplicas:int32, 9 terminatingReplicas:int32, 6 conditions[]:apps/v1.DeploymentCondition, 8 collisionCount:int32 }
apps/v1.DeploymentStrategy { 1 type, 2 rollingUpdate:apps/v1.RollingUpdateDeployment }
apps/v1.ReplicaSet { 1 metadata:meta.ObjectMeta, 2 spec:apps/v1.ReplicaSetSpec, 3 status:apps/v1.ReplicaSetStatus }
apps/v1.ReplicaSetCondition { 1 type, 2 status, 3 lastTransitionTime:meta.Time, 4 reason, 5 message }
apps/v1.ReplicaSetSpec { 1 replicas:int32, 4 minReadySeconds:int32, 2 selector:meta.LabelSelector, 3 template:PodTemplateSpec }
apps/v1.ReplicaSetStatus { 1 replicas:int32, 2 fullyLabeledReplicas:int32, 4 readyReplicas:int32, 5 availableReplicas:int32, 7 terminatingReplicas:int32, 3 observedGeneration:int64, 6 conditions[]:apps/v1.ReplicaSetCondition }
apps/v1.RollingUpdateDaemonSet { 1 maxUnavailable:intstr.IntOrString, 2 maxSurge:intstr.IntOrString }
apps/v1.RollingUpdateDeployment { 1 maxUnavailable:intstr.IntOrString, 2 maxSurge:intstr.IntOrString }
`;
