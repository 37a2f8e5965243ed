import type { StatusError } from '../../api/status-error.js';
import type { ObjectMeta } from '../../api/types.js';
import type { Resource } from '../../api/resource.js';

/** Every refusal over HTTP looks like this, whatever the client asked for. k8s: metav1.Status */
export const failure = (error: StatusError): object => ({
  kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: error.message, reason: error.reason,
  ...(Object.keys(error.details).length === 0 ? {} : { details: error.details }), code: error.code,
});

/** What is answered for an error that nobody expected: nothing of its inside. */
export const internalError = (): object =>
  ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'Internal error occurred', reason: 'InternalError', code: 500 });

/** The answer to a DELETE after which nothing is left. */
export const deleted = ({ group, plural }: Pick<Resource, 'group' | 'plural'>, { name, uid }: ObjectMeta): object =>
  ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { name, ...(group === '' ? {} : { group }), kind: plural, uid } });

export const success = (code = 200): object => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code });
