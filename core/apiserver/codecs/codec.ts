/** A body as a value. */
export interface Parsed {
  readonly value: unknown;
  /** Paths of keys that stood twice in one object, the last of which counts: `spec.replicas`. */
  readonly duplicates: readonly string[];
}

/** Reads one format of request bodies. Throws StatusError BadRequest for what it cannot read, UnsupportedMediaType when it never can. */
export interface Codec { decode(bytes: Buffer): Promise<Parsed> | Parsed }

/** Deeper bodies are refused: everything that walks them may recurse. */
export const deepest = 256;
