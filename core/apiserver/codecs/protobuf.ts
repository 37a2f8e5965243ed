import { StatusError } from '../../api/status-error.js';
import type { Codec } from './codec.js';

/** The place where protobuf bodies (`kubectl create <kind>` since 1.32, Helm) will be read. Until then: a clear refusal. */
export const protobufCodec: Codec = {
  decode: () => {
    throw new StatusError('UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml '
      + '(protobuf is not read yet: write the object to a file and use kubectl create -f or kubectl apply -f)');
  },
};
