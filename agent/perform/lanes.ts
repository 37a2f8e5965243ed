/** At most `width` at a time, in order. Starting many containers at once gains nothing and starves the rest of the machine. */
export function lanes(width: number): <T>(run: () => Promise<T>) => Promise<T> {
  let free = width;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => { waiting.push(resolve); });
    try { return await run(); } finally {
      const next = waiting.shift();
      if (next) next(); else free += 1;
    }
  };
}
