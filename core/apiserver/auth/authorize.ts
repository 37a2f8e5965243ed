import { StatusError } from '../../api/status-error.js';
import { forbidden } from '../refusals.js';
import type { Route } from '../http/route.js';
import { anonymous, masters, type User } from './user.js';

/** What somebody wants to do. `verb` is Kubernetes' (get, list, watch, create, …). */
export interface Attributes { readonly user: User; readonly verb: string; readonly route: Route; readonly path: string }

/** k8s: ClusterRole system:public-info-viewer */
const publicKinds: ReadonlySet<Route['kind']> = new Set(['health', 'version']);

/** Masters may do everything, anyone may see whether the server is well. Throws Unauthorized or Forbidden. */
export function authorize({ user, verb, route, path }: Attributes): void {
  if (user.groups.includes(masters) || publicKinds.has(route.kind)) return;
  if (user.name === anonymous.name) throw new StatusError('Unauthorized', 'Unauthorized');
  if (route.kind !== 'resource') throw new StatusError('Forbidden', `forbidden: User ${JSON.stringify(user.name)} cannot ${verb} path ${JSON.stringify(path)}`);
  const what = route.subresource === undefined ? route.plural : `${route.plural}/${route.subresource}`;
  const where = route.namespace === undefined ? 'at the cluster scope' : `in the namespace "${route.namespace}"`;
  throw forbidden(route, route.name ?? '', `User ${JSON.stringify(user.name)} cannot ${verb} resource "${what}" in API group "${route.group}" ${where}`);
}
