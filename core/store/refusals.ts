import type { Resource } from '../api/resource.js';
import { StatusError, type StatusErrorDetails, type StatusReason } from '../api/status-error.js';

/** What the store says no with, in Kubernetes' words. k8s: apimachinery api/errors */
const refuse = (reason: StatusReason, resource: Resource, name: string, message: string): StatusError => {
  const details: StatusErrorDetails = { name, kind: resource.plural, ...(resource.group !== '' && { group: resource.group }) };
  return new StatusError(reason, message, details);
};

export const notFound = (resource: Resource, name: string): StatusError => refuse('NotFound', resource, name, `${resource.key} "${name}" not found`);

export const alreadyExists = (resource: Resource, name: string): StatusError =>
  refuse('AlreadyExists', resource, name, `${resource.key} "${name}" already exists`);

const conflict = (resource: Resource, name: string, why: string): StatusError =>
  refuse('Conflict', resource, name, `Operation cannot be fulfilled on ${resource.key} "${name}": ${why}`);

export const modified = (resource: Resource, name: string): StatusError =>
  conflict(resource, name, 'the object has been modified; please apply your changes to the latest version and try again');

export const preconditionFailed = (resource: Resource, name: string, field: 'UID' | 'ResourceVersion', values: readonly [wanted: string, found: string]): StatusError =>
  conflict(resource, name, `Precondition failed: ${field} in precondition: ${values[0]}, ${field} in object meta: ${values[1]}`);

/** The write this one was based on did not reach the disk. */
export const lostBase = (resource: Resource, name: string): StatusError =>
  conflict(resource, name, 'an earlier write that this one was based on could not be stored; please read the object again and retry');

export const expired = (since: number, oldest: number): StatusError => new StatusError('Expired', `too old resource version: ${since} (${oldest})`);

/** The journal said no. Its message names the disk and the way out. */
export const notStored = (error: unknown): StatusError =>
  new StatusError('ServiceUnavailable', error instanceof Error ? error.message : String(error), { retryAfterSeconds: 5 });
