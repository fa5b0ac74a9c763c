import type { IncomingMessage } from 'node:http';
import { type Part, parseMultipart } from './multipart.ts';

/** A request's body, parsed by its content type. `bad` says in words why it could not be. */
export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly value: URLSearchParams }
  | { readonly kind: 'multipart'; readonly parts: readonly Part[] }
  | { readonly kind: 'raw'; readonly type: string; readonly bytes: Buffer }
  | { readonly kind: 'bad'; readonly reason: string };

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Reads a request to its end. Throws {@link BodyTooLarge} as soon as it is longer than `limit` bytes, and leaves
 * the connection open for an answer.
 */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) return reject(new BodyTooLarge());
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= limit) return void chunks.push(chunk);
      request.off('data', take);
      reject(new BodyTooLarge());
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The client went away while it sent.')));
  });
}

export function parseBody(contentType: string | undefined, bytes: Buffer): Body {
  if (bytes.length === 0) return { kind: 'none' };
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json') return parseJson(bytes);
  if (type === 'application/x-www-form-urlencoded') {
    return { kind: 'form', value: new URLSearchParams(bytes.toString('utf8')) };
  }
  if (type.startsWith('multipart/')) {
    const parts = parseMultipart(contentType ?? '', bytes);
    return parts ? { kind: 'multipart', parts } : { kind: 'bad', reason: 'broken multipart body' };
  }
  return { kind: 'raw', type, bytes };
}

function parseJson(bytes: Buffer): Body {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'bad', reason: 'the body is not valid JSON in UTF-8' };
  }
}
