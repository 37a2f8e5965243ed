/** How many are tried first, and the most at a time. k8s: SlowStartInitialBatchSize, BurstReplicas */
const first = 8;
const most = 500;

/**
 * Performs each, in batches that double while all goes well, so that a refusal (a quota, a policy) is met a few times and not a thousand.
 * Answers the errors of the batch that stopped it.
 */
export async function slowStart<T>(items: readonly T[], perform: (item: T) => Promise<unknown>): Promise<readonly unknown[]> {
  for (let begin = 0, size = first; begin < items.length; begin += size, size = Math.min(most, size * 2)) {
    const results = await Promise.allSettled(items.slice(begin, begin + size).map(perform));
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    if (errors.length > 0) return errors;
  }
  return [];
}
