import { randomUUID } from 'node:crypto';
import type { Random } from '../../contracts/random.js';
import { nameSuffix } from '../name-suffix.js';

/** The machine's own chance. Not for keys: those come from {@link Crypto}. */
export class SystemRandom implements Random {
  next(): number { return Math.random(); }

  uuid(): string { return randomUUID(); }

  suffix(length: number): string { return nameSuffix(Math.random, length); }
}
