import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callbackPage, pageHeaders } from './callback-page.ts';
import { type Callback, readCallback } from './read-callback.ts';

const callbackPath = '/callback';
const longestAddress = 8192;
const names = ['127.0.0.1', 'localhost'];

/** Where the network sends the browser back to: a server on this machine, for one answer. */
export interface CallbackServer extends AsyncDisposable {
  /** Its port. */
  readonly port: number;
  /**
   * Takes answers from here on to a request with this state.
   *
   * @returns an address of this machine that leads to the page of the network, once: what starts a browser shows its
   *   arguments to everybody on the machine
   */
  expect(expected: Expected): string;
  /** The first answer that is ours. */
  readonly answered: Promise<Callback>;
}

export interface Expected {
  readonly state: string;
  /** The page of the network that asks. */
  readonly target: string;
  /** Hears of answers that are not ours. */
  onForeign(message: string): void;
}

/**
 * Listens on 127.0.0.1 and nowhere else. Answers the expected path under the names of this machine only, so that no
 * page elsewhere can reach it under a name of its own, and takes one answer.
 *
 * @param port 0 takes any free one
 * @throws an error with the code EADDRINUSE or EACCES if the port is not to be had
 */
export async function openCallbackServer(port: number): Promise<CallbackServer> {
  const { promise: answered, resolve } = withResolver<Callback>();
  const begin = `/begin/${randomBytes(16).toString('base64url')}`;
  let expected: Expected | undefined;
  let isBegun = false;
  let isAnswered = false;

  const server = createServer({ maxHeaderSize: 2 * longestAddress }, (request, response) => {
    request.resume();
    const url = readAddress(request, portOf(server));
    if (url === undefined) return send(response, 403, 'Not for you', 'Only this machine may ask.');
    if (url.pathname === begin && expected && !isBegun && request.method === 'GET') {
      isBegun = true;
      response.writeHead(302, { ...pageHeaders, location: expected.target }).end();
      return;
    }
    if (url.pathname !== callbackPath || expected === undefined)
      return send(response, 404, 'Nothing here', 'This address is for one answer only.');
    if (request.method !== 'GET')
      return send(response, 405, 'Not so', 'This address is opened by a browser.');
    if (isAnswered)
      return send(response, 410, 'Already done', 'The answer is here. You may close this window.');
    const callback = readCallback(url.searchParams, expected.state);
    if (callback.kind === 'foreign') {
      expected.onForeign(callback.message);
      return send(response, 400, 'Not ours', foreignWords);
    }
    isAnswered = true;
    // The browser has its page before anything is closed.
    response.once('close', () => resolve(callback));
    if (callback.kind === 'code') send(response, 200, 'Done', doneWords);
    else send(response, 200, 'No access was given', refusedWords);
  });
  await listen(server, port);
  return {
    port: portOf(server),
    answered,
    expect(what) {
      expected = what;
      return `http://127.0.0.1:${portOf(server)}${begin}`;
    },
    [Symbol.asyncDispose]: () => close(server),
  };
}

/** The redirect address of a server, under a name of this machine. */
export function redirectUriOf(host: string, port: number): string {
  return `http://${host}:${port}${callbackPath}`;
}

const doneWords = 'You may close this window and go back to the terminal.';
const refusedWords = 'The terminal says what to do next. You may close this window.';
const foreignWords =
  'This answer does not belong to the connection that was begun in the terminal. Nothing was taken from it.';

/** Undefined for a request that was sent to another name than this machine's, or that no browser would send. */
function readAddress(request: IncomingMessage, port: number): URL | undefined {
  const isOurs = names.some((name) => request.headers.host === `${name}:${port}`);
  const path = request.url ?? '';
  if (!isOurs || !path.startsWith('/') || path.length > longestAddress) return undefined;
  const address = `http://127.0.0.1${path}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

function send(response: ServerResponse, status: number, title: string, words: string): void {
  response.writeHead(status, pageHeaders).end(callbackPage(title, words));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0;
}

function listen(server: Server, port: number): Promise<void> {
  server.requestTimeout = 10_000;
  server.headersTimeout = 10_000;
  server.maxConnections = 50;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject);
      server.on('error', () => {});
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function withResolver<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
