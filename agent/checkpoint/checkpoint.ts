import { join } from 'node:path';
import type { Crypto, Disk, Log } from '../../core/contracts/index.js';
import { receive, receivePart } from '../../core/messaging/messages.js';
import { partHash } from '../../core/messaging/part.js';
import type { Manifest, Part } from '../../core/messaging/wire.js';

export interface CheckpointOptions { readonly folder: string; readonly disk: Disk; readonly crypto: Crypto; readonly log: Log }

/**
 * What a node needs to keep its promises alone: the accepted manifest (one atomic file) and its parts (one immutable file each, named by hash).
 * Written only when something changed: flash wears.
 */
export class Checkpoint {
  readonly #options: CheckpointOptions;
  readonly #parts = new Map<string, Part>();
  #manifest: Manifest | undefined;

  constructor(options: CheckpointOptions) { this.#options = options; }

  get manifest(): Manifest | undefined { return this.#manifest; }

  /** Reads what is there. What is damaged is reported and left out; what is good counts: a node never refuses to boot. */
  async load(): Promise<void> {
    const { disk, log } = this.#options;
    const bytes = await disk.read(this.#manifestPath);
    if (bytes === undefined) return;
    const manifest = receive('manifest', bytes);
    if (!manifest.ok) {
      log.error('KD-2101: the checkpoint is damaged and is ignored; the node waits for its master. What runs is left alone until then.', { file: this.#manifestPath, reason: manifest.reason });
      return;
    }
    this.#manifest = manifest.value;
    for (const hash of hashesOf(manifest.value)) await this.#loadPart(hash);
  }

  part(hash: string): Part | undefined { return this.#parts.get(hash); }

  /** Parts of a manifest that are not here. */
  missing(manifest: Manifest): readonly string[] { return hashesOf(manifest).filter((hash) => !this.#parts.has(hash)); }

  /** Keeps a part that came over the wire. Answers why it is refused. Rejects when the disk does. */
  async addPart(hash: string, payload: Buffer): Promise<string | undefined> {
    const part = receivePart(payload);
    if (!part.ok) return part.reason;
    if (partHash(part.text, (text) => this.#options.crypto.sha256(text)) !== hash) return 'its bytes do not have the hash of its name';
    await this.#options.disk.replace(this.#partPath(hash), [Buffer.from(part.text, 'utf8')]);
    this.#parts.set(hash, part.value);
    return undefined;
  }

  /** From now on this is what the node does. All its parts must be here. Rejects, with the old one still in force, when the disk is full. */
  async accept(manifest: Manifest): Promise<void> {
    await this.#options.disk.replace(this.#manifestPath, [Buffer.from(JSON.stringify(manifest), 'utf8')]);
    this.#manifest = manifest;
    await this.#sweep(new Set(hashesOf(manifest)));
  }

  async #sweep(kept: ReadonlySet<string>): Promise<void> {
    for (const hash of [...this.#parts.keys()]) {
      if (kept.has(hash)) continue;
      this.#parts.delete(hash);
      await this.#options.disk.remove(this.#partPath(hash)).catch(() => undefined);
    }
  }

  async #loadPart(hash: string): Promise<void> {
    const { disk, crypto, log } = this.#options;
    const bytes = await disk.read(this.#partPath(hash));
    const part = bytes === undefined ? undefined : receivePart(bytes);
    if (part?.ok === true && partHash(part.text, (text) => crypto.sha256(text)) === hash) this.#parts.set(hash, part.value);
    else log.error('KD-2102: a part of the checkpoint is missing or damaged; it will be fetched again. Pods that need it wait.', { file: this.#partPath(hash) });
  }

  get #manifestPath(): string { return join(this.#options.folder, 'manifest.json'); }
  #partPath(hash: string): string { return join(this.#options.folder, 'parts', hash); }
}

const hashesOf = ({ pods, configs, secrets }: Manifest): readonly string[] => [...new Set([...pods, ...configs, ...secrets].map(({ hash }) => hash))];
