import { controllerReference } from '../../api/owners.js';
import type { Draft } from '../../api/resource.js';
import { daemonSets } from '../../api/resources.js';
import { canonicalJson, templateHash } from '../../api/template-hash.js';
import type { ControllerRevision, DaemonSet } from '../../api/types.js';
import { hashLabel } from './daemon-pod.js';

export type RevisionAction =
  | { readonly kind: 'createRevision'; readonly revision: Draft<ControllerRevision> }
  | { readonly kind: 'raiseRevision'; readonly revision: ControllerRevision }
  | { readonly kind: 'deleteRevision'; readonly revision: ControllerRevision };

export interface RevisionPlan {
  /** Of the template as it is now; what up-to-date pods carry. */
  readonly hash: string;
  readonly actions: readonly RevisionAction[];
}

/** What `kubectl rollout undo` patches the DaemonSet with. k8s: daemon/update.go getPatch */
const snapshot = ({ spec: { template } }: DaemonSet): unknown => ({ spec: { template: { ...template, $patch: 'replace' } } });

/** @param inUse hashes of pods that exist: their revisions stay, whatever the limit. k8s: daemon/update.go constructHistory, cleanupHistory */
export function planRevisions(daemonSet: DaemonSet, revisions: readonly ControllerRevision[], inUse: ReadonlySet<string>): RevisionPlan {
  const data = snapshot(daemonSet);
  const text = canonicalJson(data);
  const sorted = [...revisions].sort((a, b) => a.revision - b.revision);
  const current = sorted.findLast((revision) => canonicalJson(revision.data) === text);
  const old = sorted.filter((revision) => revision !== current);
  const highest = old.at(-1)?.revision ?? 0;
  if (!current) return { hash: hashOf(daemonSet), actions: [{ kind: 'createRevision', revision: draft(daemonSet, data, highest + 1) }, ...outlived(daemonSet, old, inUse)] };
  const raised = current.revision > highest ? [] : [{ kind: 'raiseRevision', revision: { ...current, revision: highest + 1 } } as const];
  return { hash: current.metadata.labels?.[hashLabel] ?? hashOf(daemonSet), actions: [...raised, ...outlived(daemonSet, old, inUse)] };
}

const hashOf = ({ spec, status }: DaemonSet): string => templateHash(spec.template, status?.collisionCount ?? 0);

function draft(daemonSet: DaemonSet, data: unknown, revision: number): Draft<ControllerRevision> {
  const { metadata: { name, namespace, annotations }, spec } = daemonSet;
  const hash = hashOf(daemonSet);
  return {
    metadata: {
      name: `${name}-${hash}`, ...(namespace !== undefined && { namespace }), labels: { ...spec.template.metadata?.labels, [hashLabel]: hash },
      ...(annotations && { annotations }), ownerReferences: [controllerReference(daemonSets, daemonSet)],
    },
    data, revision,
  };
}

function outlived({ spec }: DaemonSet, old: readonly ControllerRevision[], inUse: ReadonlySet<string>): readonly RevisionAction[] {
  const surplus = old.length - (spec.revisionHistoryLimit ?? 10);
  if (surplus <= 0) return [];
  return old.filter(({ metadata }) => !inUse.has(metadata.labels?.[hashLabel] ?? '')).slice(0, surplus).map((revision) => ({ kind: 'deleteRevision', revision }));
}
