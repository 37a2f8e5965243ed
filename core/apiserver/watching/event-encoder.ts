import type { KindDefinition } from '../../api/kind.js';
import { apiVersionOf, type KubeObject } from '../../api/resource.js';
import type { ChangeType, Clock } from '../../contracts/index.js';
import type { Format } from '../http/negotiate.js';
import { partial, table, type IncludeObject } from '../tables/table.js';
import type { WatchEvent } from '../verbs/watch.js';

/** How one watcher wants its lines. */
export interface WatchStyle {
  readonly kind: KindDefinition;
  readonly format: Format;
  readonly includeObject: IncludeObject;
}

const encode = (type: ChangeType | 'BOOKMARK' | 'ERROR', object: object): Buffer => Buffer.from(`${JSON.stringify({ type, object })}\n`);

/**
 * Writes watch events as lines. A thousand watchers of one change share one line: the store tells them one after the other,
 * so remembering the lines of the last object is enough.
 */
export class EventEncoder {
  readonly #clock: Pick<Clock, 'now'>;
  #object: KubeObject | undefined;
  #lines = new Map<string, Buffer>();

  constructor(clock: Pick<Clock, 'now'>) { this.#clock = clock; }

  /** @param first the first line of a Table watch carries the columns. */
  event({ type, object }: WatchEvent, style: WatchStyle, first: boolean): Buffer {
    if (this.#object !== object) {
      this.#object = object;
      this.#lines = new Map();
    }
    const { as } = style.format;
    const name = as === undefined ? type : `${type} ${as} ${style.includeObject} ${String(first)}`;
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const line = encode(type, this.#shape(object, style, first));
    this.#lines.set(name, line);
    return line;
  }

  /** @param end the bookmark that ends the initial events of a watch-list. */
  bookmark(style: WatchStyle, revision: number, end: boolean): Buffer {
    const metadata = { resourceVersion: String(revision), ...(end ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}) };
    const { resource } = style.kind;
    const object = { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata };
    if (style.format.as === 'Table') return encode('BOOKMARK', { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: null, rows: [] });
    return encode('BOOKMARK', style.format.as === undefined ? object : { ...object, kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' });
  }

  error(status: object): Buffer { return encode('ERROR', status); }

  #shape(object: KubeObject, { kind, format, includeObject }: WatchStyle, first: boolean): object {
    if (format.as === undefined) return object;
    if (format.as !== 'Table') return partial(object);
    return table(kind, [object], { resourceVersion: object.metadata.resourceVersion }, { includeObject, now: this.#clock.now(), withColumns: first });
  }
}
