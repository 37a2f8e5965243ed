import type { Clock } from '../../contracts/clock.js';
import type { Log, LogFields } from '../../contracts/log.js';

const severities = { debug: 0, info: 1, warn: 2, error: 3 } as const;
export type LogLevel = keyof typeof severities;

export interface StderrLogOptions {
  /** What is written at least. Default `info`. */
  readonly level?: LogLevel;
  /** One JSON object a line instead of text. Default false. */
  readonly json?: boolean;
  /** Where lines go. Default: standard error. */
  readonly write?: (line: string) => void;
}

const plain = (value: unknown): unknown =>
  value instanceof Error ? ('code' in value ? `${value.message} (${String(value.code)})` : value.message) : value;

function text(value: unknown): string {
  const shown = plain(value);
  if (typeof shown === 'string') return /^[\w./:@-]+$/.test(shown) ? shown : JSON.stringify(shown);
  return JSON.stringify(shown) ?? 'undefined';
}

/** `2026-01-01T00:00:00.000Z INFO  message key=value`, or JSON lines. Control characters are escaped: a log line is one line. */
export class StderrLog implements Log {
  private readonly write: (line: string) => void;

  constructor(private readonly clock: Clock, private readonly options: StderrLogOptions = {}, private readonly fields: LogFields = {}) {
    this.write = options.write ?? ((line) => { process.stderr.write(line); });
  }

  debug(message: string, fields?: LogFields): void { this.line('debug', message, fields); }
  info(message: string, fields?: LogFields): void { this.line('info', message, fields); }
  warn(message: string, fields?: LogFields): void { this.line('warn', message, fields); }
  error(message: string, fields?: LogFields): void { this.line('error', message, fields); }

  with(fields: LogFields): Log { return new StderrLog(this.clock, this.options, { ...this.fields, ...fields }); }

  private line(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (severities[level] < severities[this.options.level ?? 'info']) return;
    const time = new Date(this.clock.now()).toISOString();
    const all = Object.entries({ ...this.fields, ...fields });
    if (this.options.json) {
      this.write(`${JSON.stringify({ time, level, message, ...Object.fromEntries(all.map(([name, value]) => [name, plain(value)])) })}\n`);
    } else {
      this.write(`${[time, level.toUpperCase().padEnd(5), message, ...all.map(([name, value]) => `${name}=${text(value)}`)].join(' ')}\n`);
    }
  }
}
