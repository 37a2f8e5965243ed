import type { ServerResponse } from 'node:http';
import type { Answer, Exchange } from './exchange.js';

/** k8s: warnings of one answer are cut at this many characters in all. */
const mostWarningText = 4096;

/** As many as fit, each once. */
function fitting(warnings: readonly string[]): readonly string[] {
  let left = mostWarningText;
  return [...new Set(warnings)].filter((text) => (left -= text.length) >= 0);
}

/** `299 - "text"`. k8s: reference/using-api/api-concepts, RFC 9111 Warning */
// eslint-disable-next-line no-control-regex
const warningHeader = (text: string): string => `299 - "${text.replaceAll(/[\u0000-\u001f\u007f]|[^\u0000-\u00ff]/g, '?').replaceAll(/["\\]/g, '\\$&')}"`;

export function setCommonHeaders(response: ServerResponse, warnings: readonly string[]): void {
  response.setHeader('Cache-Control', 'no-cache, private');
  if (warnings.length > 0) response.setHeader('Warning', fitting(warnings).map(warningHeader));
}

/** Writes an answer, once. */
export async function reply({ response, warnings, method }: Pick<Exchange, 'response' | 'warnings' | 'method'>, answer: Answer): Promise<void> {
  if (answer.kind === 'taken') return;
  if (response.headersSent || response.destroyed) { response.destroy(); return; }
  setCommonHeaders(response, warnings);
  if (answer.kind === 'pieces') { await writePieces(response, answer.pieces); return; }
  for (const [name, text] of Object.entries(answer.headers ?? {})) response.setHeader(name, text);
  const { body, contentType } = answer.kind === 'bytes' ? answer : await encode(answer);
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.writeHead(answer.code);
  response.end(method === 'HEAD' ? undefined : body);
}

async function writePieces(response: ServerResponse, pieces: Iterable<string>): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  for (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece)) await drained(response);
  }
  response.end();
}

/** Resolves when more may be written, or when nobody reads any more. */
export function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => { response.off('drain', done).off('close', done); resolve(); };
    response.on('drain', done).on('close', done);
  });
}

async function encode({ value, encoding, contentType }: Extract<Answer, { kind: 'value' }>): Promise<{ readonly body: string; readonly contentType: string }> {
  if (encoding !== 'yaml') return { body: `${JSON.stringify(value)}\n`, contentType: contentType ?? 'application/json' };
  const { stringify } = await import('yaml');
  return { body: stringify(value), contentType: 'application/yaml' };
}
