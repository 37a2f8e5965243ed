import { StatusError } from '../../api/status-error.js';
import type { Codec } from './codec.js';
import { jsonCodec } from './json.js';
import { protobufCodec } from './protobuf.js';
import { yamlCodec } from './yaml.js';

const codecs: Readonly<Record<string, Codec>> = {
  'application/json': jsonCodec,
  'application/yaml': yamlCodec,
  'application/vnd.kubernetes.protobuf': protobufCodec,
};

/** `application/json; charset=utf-8` → `application/json`; absent is JSON (kubectl sends PUT …/scale like that). */
export const mediaType = (contentType: string | undefined): string => (contentType ?? '').split(';')[0]?.trim().toLowerCase() || 'application/json';

/** Throws UnsupportedMediaType. */
export function codecFor(contentType: string | undefined): Codec {
  const type = mediaType(contentType);
  const codec = Object.hasOwn(codecs, type) ? codecs[type] : undefined;
  if (codec !== undefined) return codec;
  throw new StatusError('UnsupportedMediaType', 'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml');
}
