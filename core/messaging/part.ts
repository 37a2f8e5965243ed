import { canonicalJson } from '../api/template-hash.js';
import type { Part } from './wire.js';

/** A part as it is hashed, stored and sent: canonical JSON. Equal parts are equal bytes. */
export const partText = (part: Part): string => canonicalJson(part);

/** The name of a part: SHA-256 of its text in base64url (43 characters, fit for a topic). `sha256` answers hex. */
export const partHash = (text: string, sha256: (text: string) => string): string => Buffer.from(sha256(text), 'hex').toString('base64url');
