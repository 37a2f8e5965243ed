/** coordination.k8s.io/v1, autoscaling/v1, policy/v1, node.k8s.io/v1. One message a line; the notation is described in `messages.ts`. */
export const othersMessages = `
coordination/v1.Lease { 1 metadata:meta.ObjectMeta, 2 spec:coordination/v1.LeaseSpec }
coordination/v1.LeaseSpec { 1 holderIdentity, 2 leaseDurationSeconds:int32, 3 acquireTime:meta.MicroTime, 4 renewTime:meta.MicroTime, 5 leaseTransitions:int32, 6 strategy, 7 preferredHolder }
autoscaling/v1.Scale { 1 metadata:meta.ObjectMeta, 2 spec:autoscaling/v1.ScaleSpec, 3 status:autoscaling/v1.ScaleStatus }
autoscaling/v1.ScaleSpec { 1 replicas:int32 }
autoscaling/v1.ScaleStatus { 1 replicas:int32, 2 selector }
policy/v1.Eviction { 1 metadata:meta.ObjectMeta, 2 deleteOptions:meta.DeleteOptions }
node/v1.Overhead { 1 podFixed<resource.Quantity> }
node/v1.RuntimeClass { 1 metadata:meta.ObjectMeta, 2 handler, 3 overhead:node/v1.Overhead, 4 scheduling:node/v1.Scheduling }
node/v1.Scheduling { 1 nodeSelector<string>, 2 tolerations[]:Toleration }
`;
