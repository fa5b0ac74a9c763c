import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import type { Heard } from './answering-server.ts';
import { readRequests } from './read-requests.ts';

/** A line between a client and a server that writes down what the client sends. */
export interface Tap {
  readonly url: string;
  /** `POST /2/tweets` and so on, in order. */
  readonly requests: readonly string[];
  /** How many connections were opened over it. */
  readonly connections: number;
  /** How many bytes clients sent over it. */
  readonly bytesSent: number;
  /** Everything that clients sent, as text. */
  readonly sent: string;
  /** Every whole request since the tap was opened, whatever was forgotten. */
  readonly heard: readonly Heard[];
  forget(): void;
  close(): Promise<void>;
}

/** Starts a tap in front of a server. Resets and hangs of either side are passed on. */
export async function startTap(target: string): Promise<Tap> {
  const { hostname, port } = new URL(target);
  let chunks: Buffer[] = [];
  let connections = 0;
  const all: Buffer[][] = [];
  const open = new Set<net.Socket>();

  const server = net.createServer((client) => {
    connections += 1;
    const own: Buffer[] = [];
    all.push(own);
    const upstream = net.connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
    client.on('data', (chunk) => {
      chunks.push(chunk);
      own.push(chunk);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => client.write(chunk));
    client.on('end', () => upstream.end());
    upstream.on('end', () => client.end());
    client.on('error', () => upstream.resetAndDestroy());
    upstream.on('error', () => client.resetAndDestroy());
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const sent = () => Buffer.concat(chunks).toString('latin1');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      const lines = sent().matchAll(/(GET|POST|PUT|PATCH|DELETE) (\/[^\s?]*)\S* HTTP\/1\.1\r\n/g);
      return [...lines].map(([, method, path]) => `${method} ${path}`);
    },
    get connections() {
      return connections;
    },
    get bytesSent() {
      return Buffer.concat(chunks).length;
    },
    get sent() {
      return Buffer.concat(chunks).toString('utf8');
    },
    get heard() {
      return all.flatMap((own) => readRequests(Buffer.concat(own)));
    },
    forget: () => {
      chunks = [];
      connections = 0;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
