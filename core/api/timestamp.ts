/** RFC 3339 in whole seconds, as metav1.Time is written. `ms` since 1970. */
export const timestamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
