import { createHash, randomBytes, sign, timingSafeEqual, verify } from 'node:crypto';
import type { Crypto } from '../../contracts/crypto.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** {@link Crypto} by `node:crypto`. */
export class NodeCrypto implements Crypto {
  sha256(bytes: Uint8Array | string): string { return createHash('sha256').update(bytes).digest('hex'); }

  sign(bytes: Uint8Array, privateKey: string): Buffer { return sign(null, bytes, privateKey); }

  verify(bytes: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
    try {
      return verify(null, bytes, publicKey, signature);
    } catch {
      return false; // a key or signature that cannot even be read
    }
  }

  randomBytes(size: number): Buffer { return randomBytes(size); }

  /** Compares digests: equal lengths whatever the input, so that not even the length leaks. */
  equal(a: string, b: string): boolean { return timingSafeEqual(digest(a), digest(b)); }
}
