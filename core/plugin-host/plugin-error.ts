/** Why a plugin cannot be used: which one, what is wrong, and the way out, in one line. */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  constructor(readonly code: `KD-${number}`, message: string, cause?: unknown) {
    super(`${code}: ${message}`, cause === undefined ? undefined : { cause });
  }
}
