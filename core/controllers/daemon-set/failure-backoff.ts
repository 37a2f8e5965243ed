/** k8s: daemon_controller failedPodsBackoff: 1 s, 2 s, … 15 min, forgotten after twice the longest. */
const first = 1000;
const longest = 15 * 60_000;

interface Failure { readonly delayMs: number; readonly at: number }

/** Remembers, by DaemonSet and node, how often a pod had to be replaced there. Times in ms of one monotonic clock. */
export class FailureBackoff {
  private readonly failures = new Map<string, ReadonlyMap<string, Failure>>();

  /** A failed pod is replaced now. */
  note(set: string, node: string, now: number): void {
    const known = this.failures.get(set) ?? new Map<string, Failure>();
    const before = known.get(node);
    const delayMs = before === undefined || now - before.at > 2 * longest ? first : Math.min(longest, before.delayMs * 2);
    this.failures.set(set, new Map([...known, [node, { delayMs, at: now }]]));
  }

  /** ms that are still to be waited, by node. */
  waits(set: string, now: number): ReadonlyMap<string, number> {
    const known = [...(this.failures.get(set) ?? [])].filter(([, { at }]) => now - at <= 2 * longest);
    if (known.length === 0) this.failures.delete(set); else this.failures.set(set, new Map(known));
    return new Map(known.map(([node, { delayMs, at }]): [string, number] => [node, at + delayMs - now]).filter(([, wait]) => wait > 0));
  }

  forget(set: string): void { this.failures.delete(set); }
}
