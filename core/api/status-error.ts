/** A refusal in Kubernetes' own terms; clients branch on `reason`. k8s: reference/using-api/api-concepts */
export type StatusReason =
  | 'BadRequest' | 'Unauthorized' | 'Forbidden' | 'NotFound' | 'MethodNotAllowed' | 'NotAcceptable' | 'AlreadyExists' | 'Conflict' | 'Expired' | 'Gone'
  | 'RequestEntityTooLarge' | 'UnsupportedMediaType' | 'Invalid' | 'TooManyRequests' | 'InternalError' | 'ServiceUnavailable' | 'Timeout';

/** HTTP status of each reason. */
export const statusCodes: Readonly<Record<StatusReason, number>> = {
  BadRequest: 400, Unauthorized: 401, Forbidden: 403, NotFound: 404, MethodNotAllowed: 405, NotAcceptable: 406, AlreadyExists: 409, Conflict: 409,
  Expired: 410, Gone: 410, RequestEntityTooLarge: 413, UnsupportedMediaType: 415, Invalid: 422, TooManyRequests: 429, InternalError: 500,
  ServiceUnavailable: 503, Timeout: 504,
};

export interface StatusCauseValue { readonly reason?: string; readonly message?: string; readonly field?: string }

export interface StatusErrorDetails {
  readonly name?: string;
  readonly group?: string;
  /** The plural resource for NotFound and AlreadyExists, the kind for Invalid. */
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCauseValue[];
  readonly retryAfterSeconds?: number;
}

/** Thrown by every verb and by the in-process client; the HTTP layer turns it into a `Status` body. */
export class StatusError extends Error {
  constructor(readonly reason: StatusReason, message: string, readonly details: StatusErrorDetails = {}) {
    super(message);
    this.name = 'StatusError';
  }

  get code(): number { return statusCodes[this.reason]; }
}

export const isStatusError = (error: unknown, reason?: StatusReason): error is StatusError =>
  error instanceof StatusError && (reason === undefined || error.reason === reason);
