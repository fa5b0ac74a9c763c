import { readVersion } from '../core/version.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { type Caching, type KnownVersion, readCaching, readRetryAfter } from './caching.ts';
import { type Answer, type ExchangeOptions, exchange } from './exchange.ts';
import { FetchError } from './fetch-error.ts';
import { findTarget } from './target.ts';
import { systemWire, type Wire } from './wire.ts';

/** What an address of the web gave. */
export interface Fetched extends Caching {
  /** Where it was found, after all redirects. */
  readonly url: string;
  readonly contentType: string | undefined;
  /** Empty if it is not modified. */
  readonly bytes: Buffer;
  /** Where it has moved for good, if every redirect on the way said that. */
  readonly movedTo: string | undefined;
}

export interface FetchRequest {
  /** As in the header of that name. */
  readonly accept: string;
  /** Bound of the answer, packed and unpacked. */
  readonly maxBytes: number;
  /** The version that is there already: then only another one is sent. */
  readonly known?: KnownVersion;
}

/** Fetches an address of the web. @throws {FetchError} with a sentence for people */
export type SafeFetch = (url: string, request: FetchRequest) => Promise<Fetched>;

export interface SafeFetchOptions {
  readonly allowed: AllowedHosts;
  /** Total time, redirects and the whole answer included. */
  readonly timeoutMs?: number;
  readonly wire?: Wire;
}

const mostRedirects = 10;
const usualTimeoutMs = 20_000;

/**
 * Makes a fetch that goes to hosts of the public internet and to allowed ones only: every redirect and every
 * address is checked, and only a checked address is dialled. Sends and keeps no cookies, retries nothing.
 */
export function createSafeFetch(options: SafeFetchOptions): SafeFetch {
  const { allowed, timeoutMs = usualTimeoutMs, wire = systemWire } = options;
  return async (address, { accept, maxBytes, known }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = {
      accept,
      'accept-encoding': 'gzip, br',
      'user-agent': `Carillon/${readVersion()}`,
      ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
      ...(known?.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
    };
    const gate = { allowed, resolve: (name: string) => before(signal, wire.resolve(name)) };
    try {
      return await follow(readUrl(address), gate, { wire, headers, maxBytes, signal });
    } catch (error) {
      throw explain(error, signal, timeoutMs);
    }
  };
}

async function follow(
  start: URL,
  gate: Parameters<typeof findTarget>[1],
  options: ExchangeOptions,
): Promise<Fetched> {
  let url = start;
  let isForGood = true;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await exchange(await findTarget(url, gate), options);
    const next = findRedirect(answer, url);
    if (next === undefined) {
      const { contentType } = answer;
      const movedTo = isForGood && redirects > 0 ? url.href : undefined;
      return {
        url: url.href,
        contentType,
        bytes: takeBytes(answer, options),
        movedTo,
        ...readCaching(answer),
      };
    }
    isForGood &&= answer.status === 301 || answer.status === 308;
    url = next;
  }
  throw new FetchError(
    'failed',
    `The address leads on more than ${mostRedirects} times, perhaps in a circle. Name the page where it ends.`,
  );
}

function findRedirect({ status, location }: Answer, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw new FetchError(
      'failed',
      'The address leads on to nowhere. Name the page itself, as a browser shows it.',
    );
  }
  return new URL(location, from);
}

function takeBytes({ status, bytes, headers }: Answer, asked: ExchangeOptions): Buffer {
  const isConditional = Object.keys(asked.headers).some((name) => name.startsWith('if-'));
  if ((status >= 200 && status < 300) || (status === 304 && isConditional)) return bytes;
  const retryAfterMs = readRetryAfter(headers['retry-after'], Date.now());
  throw new FetchError('failed', sayStatus(status), undefined, status, retryAfterMs);
}

function sayStatus(status: number): string {
  if (status === 404 || status === 410) {
    return `The server says that there is no such page (${status}). Check the address.`;
  }
  if (status === 401 || status === 403) {
    return `The server does not let Carillon in (${status}). Name a page that everyone can read.`;
  }
  if (status === 429 || status >= 500) {
    return `The server cannot answer for now (${status}). Try again later.`;
  }
  return `The server gives no page (${status}). Check the address.`;
}

function readUrl(address: string): URL {
  if (URL.canParse(address)) return new URL(address);
  throw new FetchError('refused', 'This is no address of the web. Write it as https://…');
}

/** A look-up cannot be called off, but nobody has to wait for it. */
function before<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function explain(error: unknown, signal: AbortSignal, timeoutMs: number): FetchError {
  if (signal.aborted) {
    const message = `No whole answer came in ${Math.round(timeoutMs / 1000)} seconds. Try again later.`;
    return new FetchError('failed', message, error);
  }
  if (error instanceof FetchError) return error;
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error');
  if (/CERT|SIGNATURE|ERR_TLS/.test(code)) {
    const message = `The server cannot prove who it is: its certificate is not valid (${code}). Ask whoever runs it.`;
    return new FetchError('failed', message, error);
  }
  return new FetchError(
    'failed',
    `The server cannot be reached, or broke off (${code}). Check the address, or try again later.`,
    error,
  );
}
