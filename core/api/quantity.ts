/** Resource quantities, exact: the value is kept in billionths. k8s: reference/kubernetes-api/common-definitions/quantity */

const nano = 1_000_000_000n;
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, bigint>> = { Ki: 1n << 10n, Mi: 1n << 20n, Gi: 1n << 30n, Ti: 1n << 40n, Pi: 1n << 50n, Ei: 1n << 60n };
const shape = /^([+-]?)(\d{1,40})?(?:\.(\d{0,40}))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d{1,3})?$/;

/** `10 ** power` scaled to billionths; rounds up what is finer, as Kubernetes does. */
function scaled(digits: bigint, power: number): bigint {
  const exponent = power + 9;
  if (exponent >= 0) return digits * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return (digits + divisor - 1n) / divisor;
}

/** Billionths of the unit (`100m` of cpu → 100_000_000n); undefined for what is no quantity. */
export function parseQuantity(text: string | number): bigint | undefined {
  const match = shape.exec(String(text));
  if (!match || (match[2] === undefined && (match[3] ?? '') === '')) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  const digits = BigInt(whole + fraction);
  const unit = binary[suffix];
  const exponent = suffix.length > 1 && unit === undefined ? Number(suffix.slice(1)) : (decimal[suffix] ?? 0);
  if (Math.abs(exponent) > 30) return undefined;
  const value = unit === undefined ? scaled(digits, exponent - fraction.length) : scaled(digits * unit, -fraction.length);
  return sign === '-' ? -value : value;
}

/** Whole units, rounded up (bytes, pods); 0 for what is no quantity. */
export function quantityUnits(text: string | number | undefined): number {
  const value = text === undefined ? undefined : parseQuantity(text);
  return value === undefined ? 0 : Number((value + (value > 0n ? nano - 1n : 0n)) / nano);
}

/** Thousandths, rounded up (cpu). */
export function quantityMillis(text: string | number | undefined): number {
  const value = text === undefined ? undefined : parseQuantity(text);
  return value === undefined ? 0 : Number((value + (value > 0n ? 999_999n : 0n)) / 1_000_000n);
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. What is no quantity counts as zero. */
export function compareQuantities(a: string | number, b: string | number): number {
  const difference = (parseQuantity(a) ?? 0n) - (parseQuantity(b) ?? 0n);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
