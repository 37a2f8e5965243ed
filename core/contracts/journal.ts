import type { KubeObject } from '../api/resource.js';
import { token, type Token } from './token.js';

/** One durable change. `object` undefined means deleted. */
export interface JournalRecord {
  readonly revision: number;
  /** `<resource key>/<namespace or ''>/<name>` */
  readonly key: string;
  readonly object?: KubeObject;
}

/** Makes intent durable. Not a database: one writer, loaded once. */
export interface Journal {
  /**
   * Every live object (last record of each key that is not deleted) and the highest revision ever written.
   * A torn tail is cut; anything else that does not check throws a KD-coded error that names the file and the way out.
   */
  load(): Promise<{ readonly revision: number; readonly records: readonly JournalRecord[] }>;
  /**
   * Resolves when all records are on disk, in the order of calls; concurrent calls share one sync.
   * Rejects with code ENOSPC (nothing of this call is kept; later calls may succeed). A failed sync is fatal: `onFatal`, and every later call rejects.
   */
  append(records: readonly JournalRecord[]): Promise<void>;
  close(): Promise<void>;
}
export const Journal: Token<Journal> = token<Journal>('Journal');
