export interface Backoff { readonly baseMs: number; readonly capMs: number }

/** client-go's default for controllers: 5 ms, 10 ms, … 1,000 s. k8s: client-go workqueue.DefaultControllerRateLimiter */
export const controllerBackoff: Backoff = { baseMs: 5, capMs: 1_000_000 };

/** Delay before try `attempt` + 1, where the first failure is attempt 0. */
export const exponentialDelay = (attempt: number, { baseMs, capMs }: Backoff): number => Math.min(capMs, baseMs * 2 ** Math.min(attempt, 60));

/** Anywhere between nothing and the exponential delay, so that many who failed together do not return together. `chance` in [0, 1). */
export const fullJitterDelay = (attempt: number, backoff: Backoff, chance: number): number => chance * exponentialDelay(attempt, backoff);
