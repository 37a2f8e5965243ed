/** k8s: MaxContainerBackOff, kubelet's 10 s × 2 */
const base = 10_000;
const cap = 300_000;
/** A run of this length wipes the slate. k8s: 10 minutes */
export const steadyMs = 600_000;

/** Wait before restart number `crashes` + 1: the first is immediate, then 10 s, 20 s … 5 min, never giving up. */
export const restartDelay = (crashes: number): number => (crashes <= 0 ? 0 : Math.min(cap, base * 2 ** Math.min(crashes - 1, 10)));

/** Wait before another try of what failed `attempts` times (a pull, a start): 10 s, 20 s … 5 min. */
export const retryDelay = (attempts: number): number => Math.min(cap, base * 2 ** Math.min(Math.max(0, attempts - 1), 10));

/** ms still to wait; a clock that jumped back must not turn it into hours. */
export const remaining = (since: number, delay: number, now: number): number => Math.max(0, Math.min(delay, since + delay - now));
