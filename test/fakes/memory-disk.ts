import { dirname, basename } from 'node:path';
import type { AppendFile, Disk } from '../../core/contracts/disk.js';

/** One file: what programs see, and how much of it would survive a power cut. */
interface File { content: Buffer; synced: number }

type Operation = 'read' | 'replace' | 'open' | 'append' | 'sync' | 'truncate' | 'rename' | 'remove';

const failure = (code: string, operation: Operation, path: string): Error =>
  Object.assign(new Error(`${code}: injected, ${operation} '${path}'`), { code, path, syscall: operation });

/** A disk in memory that can fill up, fail a sync, and lose power after any byte. */
export class MemoryDisk implements Disk {
  /** Bytes that still fit; what does not fit is written short and then fails with ENOSPC. */
  free = Infinity;
  /** Counts syncs, for tests of group commit. */
  syncs = 0;
  private readonly failures: { readonly operation: Operation; readonly code: string }[] = [];
  /** Steps (a byte written, or one operation on a name) until the power goes. */
  private steps = Infinity;

  constructor(private readonly files = new Map<string, File>()) {}

  /** The next such operation rejects with `code`. */
  failNext(operation: Operation, code = 'EIO'): void { this.failures.push({ operation, code }); }

  /** The power goes after so many more steps. From then on nothing resolves: whoever waits was killed. */
  killAfter(steps: number): void { this.steps = steps; }

  get dead(): boolean { return this.steps <= 0; }

  /** What the next boot finds: of what was never synced, only the first `kept` bytes of each file. */
  afterPowerCut(kept = 0): MemoryDisk {
    const files = [...this.files].map(([path, { content, synced }]): [string, File] => {
      const size = Math.min(content.length, synced + kept);
      return [path, { content: Buffer.from(content.subarray(0, size)), synced: size }];
    });
    return new MemoryDisk(new Map(files));
  }

  /** What another process finds after `kill -9`: all that was written, synced or not. */
  afterKill(): MemoryDisk { return this.afterPowerCut(Infinity); }

  /** Test access: the bytes of a file as they are now. */
  peek(path: string): Buffer | undefined { return this.files.get(path)?.content; }
  /** Test access: damages or plants a file, synced. */
  plant(path: string, content: Uint8Array): void { this.files.set(path, { content: Buffer.from(content), synced: content.length }); }
  get paths(): readonly string[] { return [...this.files.keys()].sort(); }

  async read(path: string): Promise<Buffer | undefined> {
    await this.step('read', path, 0);
    const file = this.files.get(path);
    return file && Buffer.from(file.content);
  }

  async replace(path: string, chunks: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const written: Uint8Array[] = [];
    for await (const chunk of chunks instanceof Uint8Array ? [chunks] : chunks) {
      const fits = await this.write('replace', path, chunk);
      written.push(Buffer.from(fits)); // the caller may use his buffer again
      if (fits.length < chunk.length) { this.free += written.reduce((sum, part) => sum + part.length, 0); throw failure('ENOSPC', 'replace', path); }
    }
    await this.step('replace', path, 1);
    const content = Buffer.concat(written);
    this.free += this.files.get(path)?.content.length ?? 0;
    this.files.set(path, { content, synced: content.length });
    await this.step('replace', path, 1);
  }

  async append(path: string): Promise<AppendFile> {
    await this.step('open', path, 1);
    const file = this.files.get(path) ?? { content: Buffer.alloc(0), synced: 0 };
    this.files.set(path, file);
    return {
      append: async (bytes) => {
        const fits = await this.write('append', path, bytes, (part) => { file.content = Buffer.concat([file.content, part]); });
        if (fits.length < bytes.length) throw failure('ENOSPC', 'append', path);
      },
      sync: async () => {
        const size = file.content.length;
        await this.step('sync', path, 1);
        this.syncs += 1;
        file.synced = Math.min(size, file.content.length);
      },
      truncate: async (size) => {
        await this.step('truncate', path, 1);
        this.free += Math.max(0, file.content.length - size);
        file.content = file.content.subarray(0, size);
        file.synced = Math.min(file.synced, size);
      },
      close: () => this.step('sync', path, 0),
    };
  }

  async list(folder: string): Promise<ReadonlyMap<string, number>> {
    await this.step('read', folder, 0);
    const inside = [...this.files].filter(([path]) => dirname(path) === folder);
    return new Map(inside.map(([path, { content }]) => [basename(path), content.length]));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.step('rename', from, 1);
    const file = this.files.get(from);
    if (!file) throw failure('ENOENT', 'rename', from);
    this.free += this.files.get(to)?.content.length ?? 0;
    this.files.delete(from);
    this.files.set(to, file);
    await this.step('rename', from, 1);
  }

  async remove(path: string): Promise<void> {
    await this.step('remove', path, 1);
    for (const [name, { content }] of this.files) {
      if (name !== path && !name.startsWith(`${path}/`)) continue;
      this.files.delete(name);
      this.free += content.length;
    }
  }

  /** Takes time, a step, an injected failure, or for ever. */
  private async step(operation: Operation, path: string, steps: number): Promise<void> {
    await Promise.resolve();
    const index = this.failures.findIndex((candidate) => candidate.operation === operation);
    if (index >= 0) throw failure(this.failures.splice(index, 1)[0]?.code ?? 'EIO', operation, path);
    this.steps -= steps;
    if (this.dead) await new Promise<never>(() => undefined);
  }

  /** Writes what fits and what the power allows. */
  private async write(operation: Operation, path: string, bytes: Uint8Array, keep: (part: Uint8Array) => void = () => undefined): Promise<Uint8Array> {
    await this.step(operation, path, 0);
    const fits = bytes.subarray(0, Math.min(bytes.length, this.free));
    const done = fits.subarray(0, Math.min(fits.length, Math.max(0, this.steps - 1)));
    keep(done);
    this.free -= done.length;
    await this.step(operation, path, done.length < fits.length ? Infinity : fits.length);
    return fits;
  }
}
