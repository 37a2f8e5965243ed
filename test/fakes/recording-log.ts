import type { Log, LogFields } from '../../core/contracts/log.js';

export interface LogEntry { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string; readonly fields: LogFields }

/** Keeps what was logged, so that a test can ask. */
export class RecordingLog implements Log {
  constructor(readonly entries: LogEntry[] = [], private readonly fields: LogFields = {}) {}

  debug(message: string, fields?: LogFields): void { this.add('debug', message, fields); }
  info(message: string, fields?: LogFields): void { this.add('info', message, fields); }
  warn(message: string, fields?: LogFields): void { this.add('warn', message, fields); }
  error(message: string, fields?: LogFields): void { this.add('error', message, fields); }
  with(fields: LogFields): Log { return new RecordingLog(this.entries, { ...this.fields, ...fields }); }

  at(level: LogEntry['level']): readonly LogEntry[] { return this.entries.filter((entry) => entry.level === level); }

  private add(level: LogEntry['level'], message: string, fields: LogFields = {}): void {
    this.entries.push({ level, message, fields: { ...this.fields, ...fields } });
  }
}
