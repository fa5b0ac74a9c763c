import type { ServerResponse } from 'node:http';
import type { Answer } from './call.ts';

/** How an answer reaches the client, if it does. */
export type Delivery =
  | { readonly how: 'whole'; readonly answer: Answer }
  | { readonly how: 'late'; readonly answer: Answer; readonly delayMs: number }
  /** The first half, then the connection drops. */
  | { readonly how: 'truncated'; readonly answer: Answer }
  /** The connection stays open and nothing ever comes. */
  | { readonly how: 'silence' }
  | { readonly how: 'reset' };

export function deliver(response: ServerResponse, delivery: Delivery): void {
  switch (delivery.how) {
    case 'whole':
      sendAnswer(response, delivery.answer);
      return;
    case 'late': {
      const timer = setTimeout(() => sendAnswer(response, delivery.answer), delivery.delayMs);
      response.once('close', () => clearTimeout(timer));
      return;
    }
    case 'truncated':
      sendHalf(response, delivery.answer);
      return;
    case 'silence':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
  }
}

/** Sends an answer, unless the client has gone. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  const { type, bytes } = encode(answer.body);
  response.writeHead(answer.status, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...answer.headers,
  });
  response.end(bytes);
}

function sendHalf(response: ServerResponse, answer: Answer): void {
  const { type, bytes } = encode(answer.body);
  response.writeHead(answer.status, { 'content-type': type, 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function encode(body: unknown): { type: string; bytes: Buffer } {
  if (Buffer.isBuffer(body)) return { type: 'application/octet-stream', bytes: body };
  if (typeof body === 'string') {
    return { type: 'text/plain; charset=utf-8', bytes: Buffer.from(body) };
  }
  return {
    type: 'application/json; charset=utf-8',
    bytes: Buffer.from(JSON.stringify(body) ?? ''),
  };
}
