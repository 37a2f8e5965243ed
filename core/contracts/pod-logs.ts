import type { Pod } from '../api/types.js';
import { token, type Token } from './token.js';

export interface PodLogOptions {
  readonly container: string;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines?: number;
  /** ms since 1970. */
  readonly since?: number;
  readonly limitBytes?: number;
}

/** The way to a node's logs. */
export interface PodLogs {
  /**
   * Text as it comes. Resolves once the node has accepted; rejects with StatusError: ServiceUnavailable when the node is not connected,
   * BadRequest with the node's words when it refuses. The iterable throws when the link breaks: a cut log is an error, not an end.
   */
  open(pod: Pod, options: PodLogOptions, signal: AbortSignal): Promise<AsyncIterable<Buffer>>;
}
export const PodLogs: Token<PodLogs> = token<PodLogs>('PodLogs');
