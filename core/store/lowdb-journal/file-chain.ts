/**
 * `snapshot-<n>` holds everything written before `journal-<n>` was begun, perhaps also some of it. The state is the newest snapshot and every
 * journal from its number on, in order. Older files are left-overs of a compaction that was cut off.
 */
export interface Chain {
  /** 0: none yet. */
  readonly snapshot: number;
  /** Without gaps. The last is the one to append to; empty for a new folder. */
  readonly journals: readonly number[];
  /** Names of files that are not needed any more. */
  readonly superseded: readonly string[];
  /** A file that must be there and is not. */
  readonly missing?: string;
}

const digits = 8;
export const snapshotName = (number: number): string => `snapshot-${String(number).padStart(digits, '0')}.jsonl`;
export const journalName = (number: number): string => `journal-${String(number).padStart(digits, '0')}.jsonl`;

const numbers = (names: readonly string[], kind: 'snapshot' | 'journal'): readonly number[] =>
  names.flatMap((name) => new RegExp(`^${kind}-(\\d{8,15})\\.jsonl$`).exec(name)?.slice(1) ?? []).map(Number).sort((a, b) => a - b);

/** Which of a folder's files make up the state. Files of other names are not ours. */
export function chainOf(names: readonly string[]): Chain {
  const snapshots = numbers(names, 'snapshot');
  const snapshot = snapshots.at(-1) ?? 0;
  const first = Math.max(snapshot, 1);
  const all = numbers(names, 'journal');
  const journals = all.filter((number) => number >= first);
  const superseded = [
    ...snapshots.slice(0, -1).map(snapshotName), ...all.filter((number) => number < first).map(journalName), ...names.filter((name) => /^snapshot-\d+\.jsonl\.tmp$/.test(name)),
  ];
  const gap = journals.findIndex((number, index) => number !== first + index);
  const missing = gap < 0 ? undefined : snapshot === 0 && gap === 0 ? snapshotName(journals[0] as number) : journalName(first + gap);
  // A snapshot is only written once its journal exists.
  const headless = missing ?? (snapshot > 0 && journals.length === 0 ? journalName(snapshot) : undefined);
  return { snapshot, journals, superseded, ...(headless !== undefined && { missing: headless }) };
}
