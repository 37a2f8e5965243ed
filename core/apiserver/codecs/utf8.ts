import { badRequest } from '../refusals.js';

/** Throws BadRequest for what is not UTF-8, instead of replacing it quietly. */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw badRequest('the body is not valid UTF-8');
  }
}
