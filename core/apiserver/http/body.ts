import type { IncomingMessage } from 'node:http';
import { StatusError } from '../../api/status-error.js';
import { badRequest } from '../refusals.js';

/** As the real API server: 3 MiB. Etcd's limit is half of it. */
export const largestBody = 3 * 1024 * 1024;

export const tooLarge = (): StatusError =>
  new StatusError('RequestEntityTooLarge', `Request entity too large: limit is ${String(largestBody)}`);

/** The whole body, held to {@link largestBody}. Rejects RequestEntityTooLarge without reading on; the caller drains or closes. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) throw tooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= largestBody) { chunks.push(chunk); return; }
      settle();
      reject(tooLarge());
    };
    const onEnd = (): void => { settle(); resolve(Buffer.concat(chunks)); };
    const onLost = (): void => { settle(); reject(badRequest('the request ended in the middle of its body')); };
    const settle = (): void => {
      request.off('data', onData).off('end', onEnd).off('error', onLost).off('aborted', onLost);
      request.on('error', () => undefined);
    };
    request.on('data', onData).on('end', onEnd).on('error', onLost).on('aborted', onLost);
  });
}
