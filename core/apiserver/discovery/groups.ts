import type { KindDefinition } from '../../api/kind.js';

export interface VersionOfGroup { readonly version: string; readonly kinds: readonly KindDefinition[] }
export interface Group { readonly name: string; readonly versions: readonly VersionOfGroup[] }

/** The table of kinds by group and version, in the order of the table: the first version of a group is the preferred one. */
export function groups(kinds: readonly KindDefinition[]): readonly Group[] {
  const names = [...new Set(kinds.map(({ resource }) => resource.group))];
  return names.map((name) => {
    const own = kinds.filter(({ resource }) => resource.group === name);
    const versions = [...new Set(own.map(({ resource }) => resource.version))];
    return { name, versions: versions.map((version) => ({ version, kinds: own.filter(({ resource }) => resource.version === version) })) };
  });
}
