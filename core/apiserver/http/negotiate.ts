import { StatusError } from '../../api/status-error.js';

/** How an answer is written. */
export interface Format {
  readonly encoding: 'json' | 'yaml';
  /** Another shape of the same data. */
  readonly as?: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
}

export interface Clause { readonly type: string; readonly parameters: Readonly<Record<string, string>> }

const shapes: ReadonlySet<string> = new Set(['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList']);

/** The clauses of an Accept header in order; weights are ignored, as clients order by preference. */
export function parseAccept(accept: string): readonly Clause[] {
  return accept.slice(0, 4096).split(',').map((clause) => {
    const [type = '', ...parameters] = clause.split(';').map((part) => part.trim());
    return { type: type.toLowerCase(), parameters: Object.fromEntries(parameters.map((parameter) => splitOnce(parameter))) };
  });
}

const splitOnce = (parameter: string): readonly [string, string] => {
  const at = parameter.indexOf('=');
  return at < 0 ? [parameter, ''] : [parameter.slice(0, at).trim(), parameter.slice(at + 1).trim().replace(/^"(.*)"$/, '$1')];
};

/** The first clause that can be served; anything is JSON. Throws NotAcceptable. */
export function negotiate(accept: string | undefined): Format {
  if (accept === undefined || accept.trim() === '') return { encoding: 'json' };
  for (const { type, parameters } of parseAccept(accept)) {
    const encoding = type === 'application/yaml' ? 'yaml' : type === 'application/json' || type === '*/*' || type === 'application/*' ? 'json' : undefined;
    if (encoding === undefined) continue;
    const { as, g, v } = parameters;
    if (as === undefined) return { encoding };
    if (g === 'meta.k8s.io' && v === 'v1' && shapes.has(as)) return { encoding, as: as as NonNullable<Format['as']> };
  }
  throw new StatusError('NotAcceptable', 'only the following media types are accepted: application/json, application/yaml');
}

/** `application/json;as=Table;g=meta.k8s.io;v=v1` */
export const contentTypeOf = ({ encoding, as }: Format, stream = false): string =>
  `application/${encoding}${as === undefined || !stream ? '' : `;as=${as};g=meta.k8s.io;v=v1`}`;
