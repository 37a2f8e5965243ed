import type { FieldError } from '../../api/kind.js';
import type { KubeObject } from '../../api/resource.js';
import { isStatusError } from '../../api/status-error.js';
import { expired, invalid } from '../refusals.js';
import type { Selection } from '../selectors/selection.js';
import type { VerbContext } from './context.js';
import { decodeContinue, encodeContinue, type Continue } from './continue-token.js';
import { parseResourceVersion } from './get.js';
import { changesSince, rewind } from './snapshot.js';

/** k8s: metav1.ListOptions, as query parameters. */
export interface ListOptions {
  readonly limit?: number;
  readonly continue?: string;
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
}

export interface ListResult {
  readonly items: readonly KubeObject[];
  readonly revision: number;
  readonly continue?: string;
  readonly remaining?: number;
}

const listOptionsKind = { resource: { group: 'meta.k8s.io', kind: 'ListOptions', version: 'v1', plural: '', namespaced: false, key: '' } } as const;

/** k8s: apimachinery validation.ValidateListOptions */
export function checkListOptions({ resourceVersion = '', resourceVersionMatch = '', continue: token = '' }: ListOptions): void {
  const errors: FieldError[] = [];
  const refuse = (type: FieldError['type'], field: string, detail: string, value?: string): void => { errors.push({ type, field, detail, ...(value === undefined ? {} : { value }) }); };
  if (resourceVersionMatch !== '') {
    if (resourceVersion === '') refuse('Forbidden', 'resourceVersionMatch', 'resourceVersionMatch is forbidden unless resourceVersion is provided');
    if (token !== '') refuse('Forbidden', 'resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided');
    if (resourceVersionMatch !== 'Exact' && resourceVersionMatch !== 'NotOlderThan') refuse('NotSupported', 'resourceVersionMatch', 'supported values: "Exact", "NotOlderThan"', resourceVersionMatch);
    if (resourceVersionMatch === 'Exact' && resourceVersion === '0') refuse('Forbidden', 'resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
  if (errors.length > 0) throw invalid(listOptionsKind, '', errors);
}

/** One page. Every page of a list shows the revision of the first. */
export function list(context: VerbContext, selection: Selection, options: ListOptions = {}): ListResult {
  checkListOptions(options);
  const current = context.store.revision();
  if (options.continue !== undefined && options.continue !== '') return continued(context, selection, options, decodeContinue(options.continue));
  const wanted = parseResourceVersion(options.resourceVersion, current);
  if (options.resourceVersionMatch === 'Exact' && wanted !== undefined) {
    return page(snapshotAt(context, selection, wanted), options, wanted, selection);
  }
  return page(context.store.list(selection.kind.resource, selection.query).filter(selection.matches), options, current, selection);
}

function continued(context: VerbContext, selection: Selection, options: ListOptions, from: Continue): ListResult {
  if (from.revision > context.store.revision()) throw tooOld();
  const rest = snapshotAt(context, selection, from.revision).filter(({ metadata: { namespace = '', name } }) =>
    namespace > from.namespace || (namespace === from.namespace && name > from.name));
  return page(rest, options, from.revision, selection);
}

/** Throws Expired when the log no longer reaches back. */
function snapshotAt({ store }: VerbContext, { kind, matches, query }: Selection, revision: number): readonly KubeObject[] {
  try {
    const changes = changesSince(store, kind.resource, revision);
    const now = store.list(kind.resource, changes.length === 0 ? query : {});
    return rewind(now, changes).filter(matches);
  } catch (error) {
    throw isStatusError(error, 'Expired') ? tooOld() : error;
  }
}

const tooOld = (): Error => expired('The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.');

function page(all: readonly KubeObject[], { limit = 0 }: ListOptions, revision: number, { filtered }: Selection): ListResult {
  if (limit <= 0 || all.length <= limit) return { items: all, revision };
  const items = all.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined) return { items, revision };
  const token = encodeContinue({ revision, namespace: last.metadata.namespace ?? '', name: last.metadata.name });
  return { items, revision, continue: token, ...(filtered ? {} : { remaining: all.length - limit }) };
}
