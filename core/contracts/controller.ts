import type { KubeObject, Resource } from '../api/resource.js';
import type { Change } from './object-store.js';
import { token, type Token } from './token.js';

/** Which keys a change of this resource asks to be reconciled. Level-based: only the key is kept. */
export interface ControllerWatch<T extends KubeObject = KubeObject> {
  readonly resource: Resource<T>;
  keys(change: Change<T>): readonly string[];
}

/** Binds the type of a watch where it is written; controllers hold a list of many types. */
export const watching = <T extends KubeObject>(resource: Resource<T>, keys: (change: Change<T>) => readonly string[]): ControllerWatch =>
  ({ resource, keys } as unknown as ControllerWatch);

export interface ReconcileResult { readonly requeueAfterMs?: number }

/** A level-triggered loop. `reconcile` is never called twice at once for one key; a rejection is retried with back-off unless it is a {@link TerminalError}. */
export interface Controller {
  readonly name: string;
  readonly watches: readonly ControllerWatch[];
  /** Reconciles at a time. Default 1. */
  readonly workers?: number;
  reconcile(key: string): Promise<ReconcileResult | void>;
}
export const Controller: Token<Controller> = token<Controller>('Controller');

/** Trying again would not help; reported once. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
}
