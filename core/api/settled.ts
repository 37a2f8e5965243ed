/** What may be filled in: any field, also with undefined where there is nothing to say. */
type Filling<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** `value` with `filling` laid over it; what is undefined there is left out, so that absent stays absent. */
export function settled<T extends object>(value: T, filling: Filling<T>): T {
  const present = Object.entries(filling).filter(([, field]) => field !== undefined);
  return { ...value, ...Object.fromEntries(present) };
}
