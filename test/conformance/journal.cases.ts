import { beforeEach, describe, expect, it } from 'vitest';
import type { Journal, JournalRecord } from '../../core/contracts/journal.js';

/** Storage that outlives the journals opened on it. */
export interface JournalStorage {
  open(): Journal;
  /** The next append does not fit on the disk; those after it do again. */
  failNextAppend(): void;
}

export const record = (revision: number, name: string, value: unknown = revision): JournalRecord =>
  ({ revision, key: `configmaps/default/${name}`, object: { metadata: { name, namespace: 'default', uid: name, resourceVersion: String(revision), creationTimestamp: '' }, data: { value } } as JournalRecord['object'] & object });

export const tombstone = (revision: number, name: string): JournalRecord => ({ revision, key: `configmaps/default/${name}` });

const byKey = (records: readonly JournalRecord[]): readonly JournalRecord[] => [...records].sort((a, b) => (a.key < b.key ? -1 : 1));

/** What every {@link Journal} must do. */
export function journalCases(name: string, make: () => JournalStorage): void {
  describe(`${name}, as a Journal`, () => {
    let storage: JournalStorage;
    let journal: Journal;
    beforeEach(async () => {
      storage = make();
      journal = storage.open();
    });
    const reopened = async (): Promise<{ readonly revision: number; readonly records: readonly JournalRecord[] }> => {
      await journal.close();
      journal = storage.open();
      const { revision, records } = await journal.load();
      return { revision, records: byKey(records) };
    };

    it('begins empty', async () => {
      expect(await journal.load()).toEqual({ revision: 0, records: [] });
    });

    it('gives back what was appended', async () => {
      await journal.load();
      await journal.append([record(1, 'a'), record(2, 'b')]);
      await journal.append([record(3, 'c')]);
      expect(await reopened()).toEqual({ revision: 3, records: [record(1, 'a'), record(2, 'b'), record(3, 'c')] });
    });

    it('gives back only the last record of a key, and none when that is its end', async () => {
      await journal.load();
      await journal.append([record(1, 'a'), record(2, 'b'), record(3, 'a', 'new')]);
      await journal.append([tombstone(4, 'b')]);
      expect(await reopened()).toEqual({ revision: 4, records: [record(3, 'a', 'new')] });
    });

    it('keeps the highest revision, also one that was only reserved', async () => {
      await journal.load();
      await journal.append([record(1, 'a'), { revision: 10_000, key: '' }]);
      expect((await reopened()).revision).toBe(10_000);
      await journal.append([tombstone(10_001, 'a')]);
      expect(await reopened()).toEqual({ revision: 10_001, records: [] });
    });

    it('keeps the order of concurrent calls', async () => {
      await journal.load();
      const done: number[] = [];
      await Promise.all(Array.from({ length: 50 }, (_, index) => journal.append([record(index + 1, 'a')]).then(() => done.push(index))));
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect((await reopened()).records).toEqual([record(50, 'a')]);
    });

    it('keeps any text, and much of it', async () => {
      await journal.load();
      const text = `line\nbreak \u2028 \0 "quoted" € 🜨 ${'x'.repeat(300_000)}`;
      await journal.append([record(1, 'a', text)]);
      expect((await reopened()).records).toEqual([record(1, 'a', text)]);
    });

    it('refuses what does not fit on the disk, keeps the rest, and goes on', async () => {
      await journal.load();
      await journal.append([record(1, 'a')]);
      storage.failNextAppend();
      await expect(journal.append([record(2, 'a'), record(3, 'b')])).rejects.toMatchObject({ code: 'ENOSPC', message: expect.stringContaining('KD-1205') as string });
      await journal.append([record(4, 'c')]);
      expect(await reopened()).toEqual({ revision: 4, records: [record(1, 'a'), record(4, 'c')] });
    });

    it('finishes what was begun before it closes, and takes nothing afterwards', async () => {
      await journal.load();
      const appended = journal.append([record(1, 'a')]);
      await journal.close();
      await appended;
      await expect(journal.append([record(2, 'a')])).rejects.toThrow();
      expect((await reopened()).revision).toBe(1);
    });
  });
}
