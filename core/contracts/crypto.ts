import { token, type Token } from './token.js';

/** Synchronous cryptography (WebCrypto resolves in an order of its own, which would make runs unrepeatable). */
export interface Crypto {
  /** Hex, lower case. */
  sha256(bytes: Uint8Array | string): string;
  /** Ed25519 over `bytes` with a PKCS #8 PEM key. */
  sign(bytes: Uint8Array, privateKey: string): Buffer;
  /** False for anything that is not a valid signature; never throws on hostile input. */
  verify(bytes: Uint8Array, signature: Uint8Array, publicKey: string): boolean;
  randomBytes(size: number): Buffer;
  /** Compares in constant time; lengths may differ. */
  equal(a: string, b: string): boolean;
}
export const Crypto: Token<Crypto> = token<Crypto>('Crypto');
