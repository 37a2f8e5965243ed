import { token, type Token } from './token.js';

/** All chance there is. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** RFC 4122 version 4. */
  uuid(): string;
  /** `length` characters of Kubernetes' name alphabet `bcdfghjklmnpqrstvwxz2456789`. */
  suffix(length: number): string;
}
export const Random: Token<Random> = token<Random>('Random');
