import http from 'node:http';
import https from 'node:https';
import { Connection, type ConnectionOptions, type GivenUp } from './connection.ts';
import { codeOf } from './redactor.ts';

export { Connection } from './connection.ts';
export * from './outcome.ts';
export { createRedactor } from './redactor.ts';

/** No answer of any network we talk to is near this. */
export const maxAnswerBytes = 8 * 1024 * 1024;

export interface HttpRequest extends ConnectionOptions {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** No whole answer came. Internal to src/networks: sessions turn it into a PublishError. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  /** False: provably nothing was sent. */
  readonly mayHaveLeft: boolean;
  readonly givenUp: GivenUp | undefined;
  /** Node's code of what went wrong, such as `ECONNRESET`. */
  readonly code: string | undefined;

  constructor(connection: Connection, cause: unknown) {
    super('No whole answer came.');
    this.mayHaveLeft = connection.isHandedOver;
    this.givenUp = connection.givenUp;
    this.code = codeOf(cause);
  }
}

/**
 * Makes one request over a connection of its own. Follows no redirect, unpacks nothing, retries nothing.
 *
 * @throws {NoAnswerError} which says whether the request may have left
 */
export async function request(options: HttpRequest): Promise<HttpAnswer> {
  using connection = new Connection(options);
  try {
    return await exchange(options, connection);
  } catch (error) {
    throw new NoAnswerError(connection, error);
  }
}

function exchange(options: HttpRequest, connection: Connection): Promise<HttpAnswer> {
  const { url, method, body } = options;
  const headers = { ...options.headers, 'accept-encoding': 'identity' };
  const length = body === undefined ? 0 : Buffer.byteLength(body);

  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-length': String(length) },
      agent: connection.agentFor(url.protocol),
      signal: connection.signal,
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => collect(incoming).then(resolve, reject));
    outgoing.end(body);
  });
}

async function collect(incoming: http.IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the connection.
    if (bytes > maxAnswerBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

export function tooLarge(): Error {
  return Object.assign(new Error('The answer is too large.'), { code: 'TOO_LARGE' });
}
