import { isStatusError, StatusError } from '../api/status-error.js';

/** The namespace is going away: whoever asked will be told by its own deletion. k8s: NamespaceTerminatingCause */
export const isNamespaceTerminating = (error: unknown): boolean =>
  error instanceof StatusError && (error.details.causes ?? []).some(({ reason }) => reason === 'NamespaceTerminating');

/** Deleting what is gone already is done, and what is not the same any more is not ours to delete. */
export async function unlessGone(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
