import { apiVersionOf } from '../../api/resource.js';
import type { KindDefinition } from '../../api/kind.js';
import { groups, type Group } from './groups.js';
import { resourceVerbs, subresources } from './verbs-of.js';

/** `/api` */
export const coreVersions = (kinds: readonly KindDefinition[]): object =>
  ({ kind: 'APIVersions', versions: groups(kinds).filter(({ name }) => name === '').flatMap(({ versions }) => versions.map(({ version }) => version)), serverAddressByClientCIDRs: [] });

/** `/apis` */
export const groupList = (kinds: readonly KindDefinition[]): object =>
  ({ kind: 'APIGroupList', apiVersion: 'v1', groups: groups(kinds).filter(({ name }) => name !== '').map(describe) });

/** `/apis/<group>`; undefined when nothing of it is served. */
export function groupDocument(kinds: readonly KindDefinition[], name: string): object | undefined {
  const found = groups(kinds).find((group) => group.name === name && name !== '');
  return found === undefined ? undefined : { kind: 'APIGroup', apiVersion: 'v1', ...describe(found) };
}

function describe({ name, versions }: Group): { readonly name: string; readonly versions: readonly object[]; readonly preferredVersion?: object } {
  const all = versions.map(({ version }) => ({ groupVersion: apiVersionOf({ group: name, version }), version }));
  return { name, versions: all, ...(all[0] === undefined ? {} : { preferredVersion: all[0] }) };
}

/** `/api/v1`, `/apis/<group>/<version>`; undefined when nothing of it is served. */
export function resourceList(kinds: readonly KindDefinition[], group: string, version: string): object | undefined {
  const own = groups(kinds).find(({ name }) => name === group)?.versions.find((each) => each.version === version)?.kinds;
  if (own === undefined) return undefined;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersionOf({ group, version }), resources: own.flatMap(resourceEntries) };
}

function resourceEntries({ resource, singular, shortNames, categories, subresources: offered }: KindDefinition): readonly object[] {
  const { plural, namespaced, kind } = resource;
  const main = {
    name: plural, singularName: singular, namespaced, kind, verbs: resourceVerbs,
    ...(shortNames.length === 0 ? {} : { shortNames }), ...(categories.length === 0 ? {} : { categories }),
  };
  return [main, ...offered.map((name) => {
    const { verbs, speaks } = subresources[name];
    return { name: `${plural}/${name}`, singularName: '', namespaced, ...(speaks === undefined ? { kind } : speaks), verbs };
  })];
}
