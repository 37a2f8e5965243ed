/** A patch that cannot be applied. `BadRequest`: it is malformed; `Invalid`: it does not fit this object. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
  constructor(readonly reason: 'BadRequest' | 'Invalid', message: string) { super(message); }
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject { readonly [key: string]: Json | undefined }

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that would reach the prototype instead of the object. */
export const isSafeKey = (key: string): boolean => key !== '__proto__';
