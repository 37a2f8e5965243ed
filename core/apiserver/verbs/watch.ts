import type { FieldError } from '../../api/kind.js';
import type { KubeObject } from '../../api/resource.js';
import type { Change, ChangeType } from '../../contracts/index.js';
import { badRequest, expired, invalid } from '../refusals.js';

/** One line of a watch. */
export interface WatchEvent { readonly type: ChangeType; readonly object: KubeObject }

/**
 * What a watcher with a selector sees of a change: objects that begin to match are added, those that cease to match are deleted.
 * Undefined when it concerns it not at all. Pure.
 */
export function watchEvent({ type, object, previous }: Change, matches: (object: KubeObject) => boolean): WatchEvent | undefined {
  const now = matches(object);
  if (type === 'ADDED') return now ? { type, object } : undefined;
  const before = previous === undefined ? now : matches(previous);
  if (type === 'DELETED') return now || before ? { type, object } : undefined;
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object };
  if (!before || previous === undefined) return undefined;
  // The last state that matched, at the revision of the change.
  return { type: 'DELETED', object: { ...previous, metadata: { ...previous.metadata, resourceVersion: object.metadata.resourceVersion } } };
}

/** Query parameters of a watch. */
export interface WatchParameters {
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
  readonly sendInitialEvents?: boolean;
  readonly allowWatchBookmarks: boolean;
}

export interface WatchPlan {
  /** Every object as ADDED before anything else. */
  readonly replay: boolean;
  /** Events strictly after this revision. */
  readonly since: number;
  /** A bookmark with `k8s.io/initial-events-end` after the replay. */
  readonly markEnd: boolean;
}

const listOptionsKind = { resource: { group: 'meta.k8s.io', kind: 'ListOptions', version: 'v1', plural: '', namespaced: false, key: '' } } as const;

/** k8s: reference/using-api/api-concepts#semantics-for-watch and #streaming-lists. `current` is the newest revision. Pure; throws StatusError. */
export function planWatch(parameters: WatchParameters, current: number): WatchPlan {
  const { resourceVersion = '', sendInitialEvents } = parameters;
  checkMatch(parameters);
  if (resourceVersion !== '' && !/^\d{1,15}$/.test(resourceVersion)) throw badRequest(`Invalid value: "${resourceVersion.slice(0, 64)}": resourceVersion must be a non-negative integer`);
  const since = Number(resourceVersion);
  // From another life of this cluster: nothing of it is known here, so the client must start anew.
  if (since > current) throw expired(`too old resource version: ${String(since)} (${String(current)})`);
  if (sendInitialEvents === true) return { replay: true, since: current, markEnd: parameters.allowWatchBookmarks };
  if (since === 0) return { replay: sendInitialEvents !== false, since: current, markEnd: false };
  return { replay: false, since, markEnd: false };
}

/** k8s: apimachinery validation.ValidateListOptions with WatchList */
function checkMatch({ resourceVersionMatch = '', sendInitialEvents, allowWatchBookmarks }: WatchParameters): void {
  const errors: FieldError[] = [];
  if (sendInitialEvents === undefined) {
    if (resourceVersionMatch !== '') errors.push({ type: 'Forbidden', field: 'resourceVersionMatch', detail: 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided' });
  } else if (resourceVersionMatch !== 'NotOlderThan') {
    errors.push(resourceVersionMatch === ''
      ? { type: 'Forbidden', field: 'resourceVersionMatch', detail: 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan' }
      : { type: 'NotSupported', field: 'resourceVersionMatch', value: resourceVersionMatch.slice(0, 32), detail: 'supported values: "NotOlderThan"' });
  } else if (sendInitialEvents && !allowWatchBookmarks) {
    errors.push({ type: 'Forbidden', field: 'sendInitialEvents', detail: 'sendInitialEvents requires setting allowWatchBookmarks to true' });
  }
  if (errors.length > 0) throw invalid(listOptionsKind, '', errors);
}
