import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** How a Redis is reached. */
export type RedisEndpoint = UrlEndpoint | SentinelEndpoint | ClusterEndpoint | PrivateEndpoint;

export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** What lets us in at a Redis that somebody else runs. */
interface Entrance {
  readonly username?: string;
  readonly password?: string;
  readonly isEncrypted: boolean;
  /** Files of a private authority, and of a certificate of our own. */
  readonly certificates?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}

/** A Redis that somebody else runs. */
export interface UrlEndpoint extends NodeAddress, Entrance {
  readonly kind: 'url';
  readonly db: number;
}

/** A Redis that fails over by Sentinel. */
export interface SentinelEndpoint extends Entrance {
  readonly kind: 'sentinel';
  readonly sentinels: readonly NodeAddress[];
  readonly masterName: string;
  readonly sentinelUsername?: string;
  readonly sentinelPassword?: string;
  readonly db: number;
  /** How many replicas must have the mark that a request follows, where there are any. */
  readonly replicas: number;
}

export interface ClusterEndpoint extends Entrance {
  readonly kind: 'cluster';
  readonly nodes: readonly NodeAddress[];
  /** As with Sentinel. */
  readonly replicas: number;
}

/** Carillon's own Redis. */
export type PrivateEndpoint = SocketEndpoint | PortEndpoint;

export interface SocketEndpoint {
  readonly kind: 'socket';
  readonly path: string;
}

export interface PortEndpoint {
  readonly kind: 'port';
  readonly host: '127.0.0.1';
  readonly password: string;
  /** The file that names the port: a server that starts again may have to take another one. */
  readonly file: string;
}

/** Where a Redis is, in words that stay the same and hold no password: `redis.example.org:6379/0`. */
export function describeEndpoint(endpoint: RedisEndpoint): string {
  const list = (nodes: readonly NodeAddress[]) => nodes.map(describeNode).join(',');
  switch (endpoint.kind) {
    case 'url':
      return `${describeNode(endpoint)}/${endpoint.db}`;
    case 'sentinel':
      return `${endpoint.masterName}/${endpoint.db} of ${list(endpoint.sentinels)}`;
    case 'cluster':
      return `the cluster of ${list(endpoint.nodes)}`;
    default:
      return 'private';
  }
}

function describeNode({ host, port }: NodeAddress): string {
  return `${host}:${port}`;
}

/** The kernel takes 104 bytes for a socket's path on macOS and 108 on Linux, its end included. */
const longestSocketPath = 100;

/** The socket of a data directory, or undefined if its path is too long for one. */
export function socketEndpoint(dataDir: string): SocketEndpoint | undefined {
  const path = join(dataDir, 'redis.sock');
  return Buffer.byteLength(path) > longestSocketPath ? undefined : { kind: 'socket', path };
}

export function portFile(dataDir: string): string {
  return join(dataDir, 'redis', 'endpoint.json');
}

/** Reads what the owner of the server wrote, or undefined if there is none yet. */
export async function readPortEndpoint(file: string): Promise<PortEndpoint | undefined> {
  const found = parsePortFile(await readFile(file, 'utf8').catch(() => ''));
  return found && { kind: 'port', host: '127.0.0.1', password: found.password, file };
}

/** The port that the server has at this moment. Synchronous, as ioredis asks right before it connects. */
export function readPort(endpoint: PortEndpoint): number | undefined {
  try {
    return parsePortFile(readFileSync(endpoint.file, 'utf8'))?.port;
  } catch {
    return undefined;
  }
}

/** Picks a free port, and a password if the data directory has none yet. Only whoever holds the lock may call it. */
export async function choosePort(file: string): Promise<PortEndpoint> {
  const known = await readPortEndpoint(file);
  const password = known?.password ?? randomBytes(32).toString('base64url');
  const port = await findFreePort();
  // Written beside and renamed: a reader never sees half of it.
  await writeFile(`${file}.new`, JSON.stringify({ port, password }), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return { kind: 'port', host: '127.0.0.1', password, file };
}

function parsePortFile(text: string): { port: number; password: string } | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== 'object' || found === null) return undefined;
    if (!('port' in found) || !('password' in found)) return undefined;
    const { port, password } = found;
    return typeof port === 'number' && typeof password === 'string'
      ? { port, password }
      : undefined;
  } catch {
    return undefined;
  }
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
