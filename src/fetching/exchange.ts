import http, { type IncomingMessage } from 'node:http';
import { readBody } from './read-body.ts';
import type { Target } from './target.ts';
import { connectTo, type Wire } from './wire.ts';

export interface Answer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly location: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  /** Empty unless the status is 2xx. */
  readonly bytes: Buffer;
}

export interface ExchangeOptions {
  readonly wire: Wire;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** Makes one GET request to a checked target, over a connection of its own. Follows nothing, keeps nothing. */
export function exchange(target: Target, options: ExchangeOptions): Promise<Answer> {
  const { url } = target;
  return new Promise((resolve, reject) => {
    const outgoing = http.request({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { ...options.headers, host: url.host, connection: 'close' },
      ...(url.username !== '' && {
        auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`,
      }),
      createConnection: () => connectTo(target, options.wire),
      signal: options.signal,
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      collect(incoming, options.maxBytes)
        .then(resolve, reject)
        .finally(() => outgoing.destroy());
    });
    outgoing.end();
  });
}

async function collect(incoming: IncomingMessage, maxBytes: number): Promise<Answer> {
  const status = incoming.statusCode ?? 0;
  const isGood = status >= 200 && status < 300;
  // Its end may come as an error once the connection is destroyed; by then it is of no interest.
  incoming.on('error', () => {});
  return {
    status,
    contentType: incoming.headers['content-type'],
    location: incoming.headers.location,
    headers: incoming.headers,
    bytes: isGood ? await readBody(incoming, maxBytes) : Buffer.alloc(0),
  };
}
