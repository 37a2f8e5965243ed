/** Who asks. k8s: reference/access-authn-authz/authentication */
export interface User { readonly name: string; readonly groups: readonly string[] }

export const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
/** May do everything. */
export const masters = 'system:masters';
