/** What a long-lived part may have; `machinery/ordered-start` calls these in order, and `stop` in reverse. */
export interface Lifecycle {
  start(): Promise<void>;
  stop(): Promise<void>;
}
