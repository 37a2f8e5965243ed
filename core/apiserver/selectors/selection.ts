import type { KindDefinition } from '../../api/kind.js';
import type { KubeObject } from '../../api/resource.js';
import { pods } from '../../api/resources.js';
import type { StoreQuery } from '../../contracts/index.js';
import { matchesFields, parseFieldSelector, requiredValue } from './field-selector.js';
import { equalities, matchesLabels, parseLabelSelector } from './label-selector.js';

/** Which objects of a kind a list, watch or deletecollection is about. */
export interface Selection {
  readonly kind: KindDefinition;
  readonly namespace?: string;
  /** What the store's indexes can narrow down; `matches` still decides. */
  readonly query: StoreQuery;
  /** Whether anything besides the namespace narrows it. */
  readonly filtered: boolean;
  matches(object: KubeObject): boolean;
}

export interface SelectorTexts { readonly labelSelector?: string; readonly fieldSelector?: string }

/** Throws BadRequest for selectors that cannot be read. */
export function select(kind: KindDefinition, namespace: string | undefined, texts: SelectorTexts): Selection {
  const labels = parseLabelSelector(texts.labelSelector);
  const fields = parseFieldSelector(texts.fieldSelector, kind);
  const node = kind.resource.key === pods.key ? requiredValue(fields, 'spec.nodeName') : undefined;
  const equal = equalities(labels);
  return {
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    query: {
      ...(namespace === undefined ? {} : { namespace }),
      ...(node === undefined || node === '' ? {} : { node }),
      ...(Object.keys(equal).length === 0 ? {} : { labels: equal }),
    },
    filtered: labels.length > 0 || fields.length > 0,
    matches: (object) => (namespace === undefined || object.metadata.namespace === namespace)
      && matchesLabels(labels, object.metadata.labels) && matchesFields(fields, kind, object),
  };
}
