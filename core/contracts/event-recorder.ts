import type { KubeObject, Resource } from '../api/resource.js';
import { token, type Token } from './token.js';

/** Writes Kubernetes Events, deduplicated and counted as client-go's correlator does. Never rejects, never blocks. */
export interface EventRecorder {
  record<T extends KubeObject>(resource: Resource<T>, object: T, type: 'Normal' | 'Warning', reason: string, message: string, source: string): void;
}
export const EventRecorder: Token<EventRecorder> = token<EventRecorder>('EventRecorder');
