import { token, type Token } from './token.js';

/** A file that only grows. */
export interface AppendFile {
  /** Appends all of `bytes` or rejects (ENOSPC, EIO); after a rejection the tail of the file is undefined until `truncate`. `bytes` are the caller's again once it resolves. */
  append(bytes: Uint8Array): Promise<void>;
  /** fdatasync. A rejection is fatal for what was appended: never retry it. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** The file system, as little of it as we need. Errors are Node's, with `code`. */
export interface Disk {
  /** The whole file, or undefined when it does not exist. */
  read(path: string): Promise<Buffer | undefined>;
  /** Old or new content after a crash at any moment: temporary file, fdatasync, rename, directory sync. Makes parent folders. Keeps `mode` (default 0o600). A chunk is not used any more once the next is asked for. */
  replace(path: string, chunks: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>, mode?: number): Promise<void>;
  /** Opens for appending, creating file and parent folders; the creation itself is synced. */
  append(path: string): Promise<AppendFile>;
  /** File sizes by name, of one folder; empty when there is none. */
  list(folder: string): Promise<ReadonlyMap<string, number>>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a folder with all in it; nothing happens when it is not there. */
  remove(path: string): Promise<void>;
}
export const Disk: Token<Disk> = token<Disk>('Disk');
