import { apiVersionOf } from '../../api/resource.js';
import type { KindDefinition } from '../../api/kind.js';
import type { Crypto } from '../../contracts/index.js';
import type { Kinds } from '../kinds.js';

/** A document and the hash that names this edition of it. */
export interface Document { readonly body: Buffer; readonly hash: string }

/** Writes the OpenAPI v3 document of one group and version; loaded when the first client asks. */
export type WriteDocument = (groupVersion: string, kinds: readonly KindDefinition[]) => Promise<object>;

const pathOf = ({ group, version }: { readonly group: string; readonly version: string }): string =>
  (group === '' ? `api/${version}` : `apis/${group}/${version}`);

/**
 * OpenAPI of what is served. Made when asked for and kept until the table of kinds changes.
 * k8s: concepts/overview/kubernetes-api#openapi-interface-definition
 */
export class OpenApiDocuments {
  readonly #kinds: Kinds;
  readonly #crypto: Pick<Crypto, 'sha256'>;
  readonly #write: WriteDocument;
  #edition = -1;
  #made = new Map<string, Promise<Document>>();

  constructor(kinds: Kinds, crypto: Pick<Crypto, 'sha256'>, write: WriteDocument) {
    this.#kinds = kinds;
    this.#crypto = crypto;
    this.#write = write;
  }

  /** `/openapi/v3`: where the documents are. */
  async index(): Promise<object> {
    const paths = [...new Set(this.#kinds.all().map(({ resource }) => pathOf(resource)))];
    const entries = await Promise.all(paths.map(async (path) => {
      const hash = (await this.document(path))?.hash ?? '';
      return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }] as const;
    }));
    return { paths: Object.fromEntries(entries) };
  }

  /** @param path `api/v1`, `apis/apps/v1`; undefined when nothing is served there. */
  async document(path: string): Promise<Document | undefined> {
    if (this.#edition !== this.#kinds.edition) {
      this.#edition = this.#kinds.edition;
      this.#made = new Map();
    }
    const own = this.#kinds.all().filter(({ resource }) => pathOf(resource) === path);
    const first = own[0];
    if (first === undefined) return undefined;
    const known = this.#made.get(path) ?? this.#make(apiVersionOf(first.resource), own);
    this.#made.set(path, known);
    return known;
  }

  async #make(groupVersion: string, kinds: readonly KindDefinition[]): Promise<Document> {
    const body = Buffer.from(JSON.stringify(await this.#write(groupVersion, kinds)));
    return { body, hash: this.#crypto.sha256(body).toUpperCase() };
  }
}
