/** Something that goes on until it is stopped. `stop` may be called twice. */
export interface Subscription { stop(): void }
