import { token, type Token } from './token.js';

export type LogFields = Readonly<Record<string, unknown>>;

/** Constant messages with fields; names of objects are fields, not text. Goes to stderr. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log whose every line carries `fields`. */
  with(fields: LogFields): Log;
}
export const Log: Token<Log> = token<Log>('Log');
