/** Why the journal cannot go on: what is wrong, where, and the way out, in one line. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  /** @param code what a program branches on: the KD code, or the system's `ENOSPC`. */
  constructor(readonly code: string, message: string, cause?: unknown) { super(message, cause === undefined ? undefined : { cause }); }
}

const wayOut = (folder: string): string =>
  `Restore '${folder}' from a backup, or move it away to begin with an empty cluster (nodes keep what they run until they are given something else)`;

export const damaged = (folder: string, file: string, offset: number): JournalError =>
  new JournalError('KD-1201', `KD-1201: '${folder}/${file}' is damaged at byte ${offset}, and what follows was acknowledged. ${wayOut(folder)}.`);

export const incomplete = (folder: string, missing: string): JournalError =>
  new JournalError('KD-1202', `KD-1202: '${folder}/${missing}' is missing, but files that build on it are there. ${wayOut(folder)}.`);

export const tooNew = (folder: string, file: string, version: unknown): JournalError =>
  new JournalError('KD-1203', `KD-1203: '${folder}/${file}' has format ${String(version)}, this Kedge reads format 1. Start the newer Kedge that wrote it.`);

export const diskFull = (folder: string): JournalError =>
  new JournalError('ENOSPC', `KD-1205: no space left on the disk of '${folder}': nothing of this was stored. Free some space there and try again.`);

export const notDurable = (folder: string, cause: unknown): JournalError =>
  new JournalError('KD-1206', `KD-1206: the disk of '${folder}' failed (${cause instanceof Error ? cause.message : String(cause)}), so nothing more can be promised. Check the disk, then start Kedge again: everything acknowledged is kept.`, cause);

export const closed = (folder: string): JournalError => new JournalError('KD-1207', `KD-1207: the journal in '${folder}' is not open.`);
