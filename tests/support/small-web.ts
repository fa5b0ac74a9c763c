import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { readAllowedHosts } from '../../src/fetching/allowed-hosts.ts';
import { createSafeFetch, type SafeFetch } from '../../src/fetching/fetch-safely.ts';
import type { Wire } from '../../src/fetching/wire.ts';

/** One answer for good, or one for each time it is asked: the last one stays. */
type Addresses = readonly string[] | readonly (readonly string[])[];

export interface Page {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A web of a few names behind one server on this machine, which every dialled address leads to. */
export interface SmallWeb extends AsyncDisposable {
  readonly wire: Wire;
  readonly port: number;
  /** Addresses that were dialled, and hosts that were asked, in order. */
  readonly dialled: readonly string[];
  readonly asked: readonly string[];
  readonly headers: readonly http.IncomingHttpHeaders[];
  fetch(url: string, options?: FetchOptions): ReturnType<SafeFetch>;
}

export interface FetchOptions {
  readonly allow?: readonly string[];
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly known?: { readonly etag?: string; readonly lastModified?: string };
}

/**
 * @param names addresses by name
 * @param pages by whole address; `undefined` leaves the client without an answer
 */
export async function startSmallWeb(
  names: Readonly<Record<string, Addresses>>,
  pages: (url: string) => Page | undefined,
): Promise<SmallWeb> {
  const dialled: string[] = [];
  const asked: string[] = [];
  const headers: http.IncomingHttpHeaders[] = [];
  const looked = new Map<string, number>();

  const server = http.createServer((request, response) => {
    const host = request.headers.host ?? '';
    asked.push(host);
    headers.push(request.headers);
    const page = pages(`http://${host}${request.url}`);
    if (!page) return;
    response.writeHead(page.status ?? 200, { 'content-type': 'text/html', ...page.headers });
    response.end(page.body ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const wire: Wire = {
    async resolve(name) {
      const known = names[name];
      if (!known) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
      const time = looked.get(name) ?? 0;
      looked.set(name, time + 1);
      const answer = known[Math.min(time, known.length - 1)] ?? [];
      return typeof answer === 'string' ? (known as readonly string[]) : answer;
    },
    dial(addresses) {
      dialled.push(...addresses);
      return net.connect(port, '127.0.0.1');
    },
  };
  return {
    wire,
    port,
    dialled,
    asked,
    headers,
    fetch: (url, { allow = [], timeoutMs = 5_000, maxBytes = 1_000_000, known } = {}) =>
      createSafeFetch({ allowed: readAllowedHosts(allow), timeoutMs, wire })(url, {
        accept: 'text/html',
        maxBytes,
        ...(known && { known }),
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
