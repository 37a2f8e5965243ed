import { fnv32a } from '../api/template-hash.js';

/** Letters that cannot spell a word. k8s: apimachinery rand */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;
/** k8s: names.SimpleNameGenerator cuts so that a host name (63) can hold the name. */
const longestPrefix = 63 - suffixLength;

function suffix(number: number): string {
  let rest = number, text = '';
  for (let index = 0; index < suffixLength; index += 1) {
    text += alphabet[rest % alphabet.length] ?? '';
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}

/** The name of slot `index` of an owner: always the same, so that creating it twice collides instead of doubling. */
export const slotName = (owner: string, seed: string, index: number): string => `${`${owner}-`.slice(0, longestPrefix)}${suffix(fnv32a(`${seed}/${String(index)}`))}`;

export interface Slots {
  readonly owner: string;
  /** What else makes the names differ: the owner's uid, and perhaps a node. */
  readonly seed: string;
  readonly isTaken: (name: string) => boolean;
}

/**
 * The first `count` free slot names. A name comes free when its object is gone altogether, and the next holder has another uid,
 * by which nodes tell the two apart.
 */
export function freeNames({ owner, seed, isTaken }: Slots, count: number): readonly string[] {
  const names = new Set<string>();
  for (let index = 0; names.size < count; index += 1) {
    const name = slotName(owner, seed, index);
    if (!isTaken(name)) names.add(name);
  }
  return [...names];
}
