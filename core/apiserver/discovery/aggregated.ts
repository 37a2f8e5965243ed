import type { KindDefinition } from '../../api/kind.js';
import type { Clause } from '../http/negotiate.js';
import { groups } from './groups.js';
import { resourceVerbs, subresources } from './verbs-of.js';

/** Versions of the aggregated document we can write, as clients ask for them. */
export type AggregatedVersion = 'v2' | 'v2beta1';

/** Which one the client prefers to the legacy documents, if any. k8s: concepts/overview/kubernetes-api#aggregated-discovery */
export function wantsAggregated(clauses: readonly Clause[]): AggregatedVersion | undefined {
  for (const { type, parameters } of clauses) {
    if (type === '*/*') return undefined;
    if (type !== 'application/json') continue;
    const { as, g, v } = parameters;
    if (as === undefined) return undefined;
    if (as === 'APIGroupDiscoveryList' && g === 'apidiscovery.k8s.io' && (v === 'v2' || v === 'v2beta1')) return v;
  }
  return undefined;
}

export const aggregatedContentType = (version: AggregatedVersion): string => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

/** `core` for `/api`, else all named groups for `/apis`. */
export function aggregated(kinds: readonly KindDefinition[], core: boolean, version: AggregatedVersion): object {
  const items = groups(kinds).filter(({ name }) => (name === '') === core).map(({ name, versions }) => ({
    metadata: name === '' ? {} : { name },
    versions: versions.map((each) => ({ version: each.version, freshness: 'Current', resources: each.kinds.map(resourceEntry) })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items };
}

function resourceEntry({ resource, singular, shortNames, categories, subresources: offered }: KindDefinition): object {
  const { group, version, kind, plural, namespaced } = resource;
  const own = { group, version, kind };
  return {
    resource: plural, responseKind: own, scope: namespaced ? 'Namespaced' : 'Cluster', singularResource: singular, verbs: resourceVerbs,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(offered.length === 0 ? {} : {
      subresources: offered.map((name) => ({ subresource: name, responseKind: subresources[name].speaks ?? own, verbs: subresources[name].verbs })),
    }),
  };
}
