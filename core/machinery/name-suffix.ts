const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** `length` characters of Kubernetes' name alphabet (no vowels, so no words; no 0, 1 or 3). k8s: apimachinery util/rand */
export function nameSuffix(next: () => number, length: number): string {
  let suffix = '';
  while (suffix.length < length) suffix += alphabet[Math.floor(next() * alphabet.length)];
  return suffix;
}
