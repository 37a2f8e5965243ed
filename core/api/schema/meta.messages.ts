/** meta.k8s.io/v1: what every object and every answer carries. One message a line; the notation is described in `messages.ts`. */
export const metaMessages = `
meta.DeleteOptions { 1 gracePeriodSeconds:int64, 2 preconditions:meta.Preconditions, 3 orphanDependents:bool, 4 propagationPolicy, 5 dryRun[], 6 ignoreStoreReadErrorWithClusterBreakingPotential:bool }
meta.LabelSelector { 1 matchLabels<string>, 2 matchExpressions[]:meta.LabelSelectorRequirement }
meta.LabelSelectorRequirement { 1 key, 2 operator, 3 values[] }
meta.ListMeta { 1 selfLink, 2 resourceVersion, 3 continue, 4 remainingItemCount:int64 }
meta.ManagedFieldsEntry { 1 manager, 2 operation, 3 apiVersion, 4 time:meta.Time, 6 fieldsType, 7 fieldsV1:meta.FieldsV1, 8 subresource }
meta.ObjectMeta { 1 name, 2 generateName, 3 namespace, 4 selfLink, 5 uid, 6 resourceVersion, 7 generation:int64, 8 creationTimestamp:meta.Time, 9 deletionTimestamp:meta.Time, 10 deletionGracePeriodSeconds:int64, 11 labels<string>, 12 annotations<string>, 13 ownerReferences[]:meta.OwnerReference, 14 finalizers[], 17 managedFields[]:meta.ManagedFieldsEntry }
meta.OwnerReference { 5 apiVersion, 1 kind, 3 name, 4 uid, 6 controller:bool, 7 blockOwnerDeletion:bool }
meta.Preconditions { 1 uid, 2 resourceVersion }
meta.Status { 1 metadata:meta.ListMeta, 2 status, 3 message, 4 reason, 5 details:meta.StatusDetails, 6 code:int32 }
meta.StatusCause { 1 reason, 2 message, 3 field }
meta.StatusDetails { 1 name, 2 group, 3 kind, 6 uid, 4 causes[]:meta.StatusCause, 5 retryAfterSeconds:int32 }
`;
