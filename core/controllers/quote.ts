/** As Go's %q does with a name. */
export const quote = (text: string): string => JSON.stringify(text);
