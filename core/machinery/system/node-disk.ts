import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AppendFile, Disk } from '../../contracts/disk.js';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** Makes new names, renames and removals in a folder survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try { await handle.sync(); } finally { await handle.close(); }
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first !== undefined) await syncFolder(dirname(first));
}

/** A write may be short (disk nearly full, signal): go on until all is written or the system says why not. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
}

class NodeAppendFile implements AppendFile {
  constructor(private readonly handle: FileHandle) {}
  append(bytes: Uint8Array): Promise<void> { return writeAll(this.handle, bytes); }
  sync(): Promise<void> { return this.handle.datasync(); }
  truncate(size: number): Promise<void> { return this.handle.truncate(size); }
  close(): Promise<void> { return this.handle.close(); }
}

/** {@link Disk} by `node:fs`. */
export class NodeDisk implements Disk {
  /** Replacements of one file share its temporary name, so they take turns. */
  private readonly replacing = new Map<string, Promise<void>>();

  async read(path: string): Promise<Buffer | undefined> {
    try {
      return await readFile(path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async replace(path: string, chunks: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>, mode = 0o600): Promise<void> {
    const turn = (this.replacing.get(path) ?? Promise.resolve()).catch(() => undefined).then(() => this.replaceNow(path, chunks, mode));
    this.replacing.set(path, turn);
    try { await turn; } finally { if (this.replacing.get(path) === turn) this.replacing.delete(path); }
  }

  private async replaceNow(path: string, chunks: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>, mode: number): Promise<void> {
    const temporary = `${path}.tmp`;
    await makeFolder(dirname(path));
    await rm(temporary, { force: true }); // a crash may have left one of another mode
    const handle = await open(temporary, 'wx', mode);
    try {
      try {
        for await (const chunk of chunks instanceof Uint8Array ? [chunks] : chunks) await writeAll(handle, chunk);
        await handle.datasync();
      } finally { await handle.close(); }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined); // frees the space on a full disk; the first error is the one to tell
      throw error;
    }
    await syncFolder(dirname(path));
  }

  async append(path: string): Promise<AppendFile> {
    await makeFolder(dirname(path));
    const existed = await stat(path).then(() => true, (error: unknown) => { if (isMissing(error)) return false; throw error; });
    const handle = await open(path, 'a', 0o600);
    if (!existed) await syncFolder(dirname(path));
    return new NodeAppendFile(handle);
  }

  async list(folder: string): Promise<ReadonlyMap<string, number>> {
    const sizes = new Map<string, number>();
    try {
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        if (entry.isFile()) sizes.set(entry.name, (await stat(join(folder, entry.name))).size);
      }
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    return sizes;
  }

  async rename(from: string, to: string): Promise<void> {
    await rename(from, to);
    await syncFolder(dirname(to));
    if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
  }

  async remove(path: string): Promise<void> {
    await rm(path, { recursive: true, force: true });
    await syncFolder(dirname(path)).catch((error: unknown) => { if (!isMissing(error)) throw error; });
  }
}
