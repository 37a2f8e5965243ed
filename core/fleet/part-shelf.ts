import { partHash, partText } from '../messaging/part.js';
import type { Part } from '../messaging/wire.js';

/** Texts of the parts that manifests name, by hash. Naming the same source object again costs nothing: objects are immutable. */
export class PartShelf {
  readonly #texts = new Map<string, string>();
  readonly #named = new WeakMap<object, string>();
  readonly #sha256: (text: string) => string;

  constructor(sha256: (text: string) => string) { this.#sha256 = sha256; }

  /** `source` stands for everything in `part`, except a pod's labels and annotations: those may change under the same spec. */
  name(part: Part, source: object): string {
    const known = part.kind === 'pod' ? undefined : this.#named.get(source);
    if (known !== undefined && this.#texts.has(known)) return known;
    const text = partText(part);
    const hash = partHash(text, this.#sha256);
    this.#texts.set(hash, text);
    this.#named.set(source, hash);
    return hash;
  }

  text(hash: string): string | undefined { return this.#texts.get(hash); }

  /** Forgets what no manifest names any more. */
  keep(hashes: ReadonlySet<string>): void {
    for (const hash of this.#texts.keys()) if (!hashes.has(hash)) this.#texts.delete(hash);
  }

  get size(): number { return this.#texts.size; }
}
