import {
  type ClusterEndpoint,
  describeEndpoint,
  type NodeAddress,
  type SentinelEndpoint,
  type UrlEndpoint,
} from './endpoint.ts';
import { RedisUrlError } from './redis-errors.ts';

const SCHEMES = [
  ...['redis', 'rediss', 'redis+sentinel', 'rediss+sentinel', 'redis+cluster', 'rediss+cluster'],
] as const;

/** How the queries that an address may end with are called. */
const QUERIES = {
  single: ['ca', 'cert', 'key'],
  sentinel: ['db', 'sentinelUser', 'sentinelPassword', 'replicas', 'ca', 'cert', 'key'],
  cluster: ['replicas', 'ca', 'cert', 'key'],
} as const;

/**
 * Reads an address of Redis:
 *
 * - `redis://[user[:password]@]host[:port][/db]`
 * - `redis+sentinel://[user[:password]@]host[:port],host[:port]…/master-name`, whose hosts are Sentinels
 * - `redis+cluster://[user[:password]@]host[:port],host[:port]…`
 *
 * `rediss` is the same, encrypted. What else there is to say stands in a query; see QUERIES.
 *
 * @throws {RedisUrlError} a sentence that never shows a password
 */
export function parseRedisUrl(address: string): UrlEndpoint | SentinelEndpoint | ClusterEndpoint {
  const parts = splitAddress(address.trim());
  const { scheme } = parts;
  if (scheme.endsWith('+sentinel')) return sentinelOf(parts);
  return scheme.endsWith('+cluster') ? clusterOf(parts) : singleOf(parts);
}

/** Where an address leads, for people, without its password. @throws {RedisUrlError} as `parseRedisUrl` */
export function describeRedisUrl(address: string): string {
  return describeEndpoint(parseRedisUrl(address));
}

interface AddressParts {
  readonly scheme: (typeof SCHEMES)[number];
  readonly userinfo: string;
  readonly hosts: string;
  /** With its slash. */
  readonly path: string;
  readonly query: string;
}

function splitAddress(text: string): AddressParts {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    throw new RedisUrlError(
      'REDIS_URL is not an address: write it as redis://host:6379, or as rediss://host:6379 if it is encrypted.',
    );
  }
  const known = SCHEMES.find((name) => name === scheme);
  if (known === undefined) {
    throw new RedisUrlError(
      `REDIS_URL begins with ${scheme}://, which Carillon does not know: it takes redis://, redis+sentinel:// and ` +
        'redis+cluster://, and if it is encrypted rediss://, rediss+sentinel:// and rediss+cluster://.',
    );
  }
  const [, authority = '', path = '', query = '', hash] =
    /^[^/]+\/\/([^/?#]*)(\/[^?#]*)?(?:\?([^#]*))?(#.*)?$/s.exec(text) ?? [];
  if (hash !== undefined) throw unreadable(known);
  const at = authority.lastIndexOf('@');
  const userinfo = authority.slice(0, Math.max(0, at));
  return { scheme: known, userinfo, hosts: authority.slice(at + 1), path, query };
}

function singleOf(parts: AddressParts): UrlEndpoint {
  const [node, ...others] = readNodes(parts, 6379);
  if (node === undefined) throw unreadable(parts.scheme);
  if (others.length > 0) {
    throw new RedisUrlError(
      'REDIS_URL names several servers: begin it with redis+sentinel:// if they are Sentinels, or with redis+cluster:// ' +
        'if they are a Cluster.',
    );
  }
  const query = readQuery(parts, QUERIES.single);
  return {
    kind: 'url',
    ...node,
    ...readLogin(parts),
    db: readDatabase(parts.path.slice(1)),
    ...readEncryption(parts, query),
  };
}

function sentinelOf(parts: AddressParts): SentinelEndpoint {
  const sentinels = readNodes(parts, 26379);
  const masterName = decode(parts.path.slice(1));
  if (masterName === '' || masterName.includes('/')) {
    throw new RedisUrlError(
      'REDIS_URL does not say which master the Sentinels watch: end it with its name, as in ' +
        `${parts.scheme}://one:26379,two:26379,three:26379/mymaster.`,
    );
  }
  const query = readQuery(parts, QUERIES.sentinel);
  const sentinelUsername = query.get('sentinelUser');
  const sentinelPassword = query.get('sentinelPassword');
  return {
    kind: 'sentinel',
    sentinels,
    masterName,
    ...readLogin(parts),
    ...(sentinelUsername && { sentinelUsername }),
    ...(sentinelPassword && { sentinelPassword }),
    db: readDatabase(query.get('db') ?? ''),
    ...readReplicas(query),
    ...readEncryption(parts, query),
  };
}

function clusterOf(parts: AddressParts): ClusterEndpoint {
  const nodes = readNodes(parts, 6379);
  if (parts.path !== '' && parts.path !== '/' && parts.path !== '/0') {
    throw new RedisUrlError(
      'REDIS_URL ends with a database or a name, and a Cluster has neither: leave out what follows the last host.',
    );
  }
  const query = readQuery(parts, QUERIES.cluster);
  return {
    kind: 'cluster',
    nodes,
    ...readLogin(parts),
    ...readReplicas(query),
    ...readEncryption(parts, query),
  };
}

function readNodes({ scheme, hosts }: AddressParts, usualPort: number): readonly NodeAddress[] {
  return hosts.split(',').map((text) => {
    const url = URL.canParse(`redis://${text}`) ? new URL(`redis://${text}`) : undefined;
    if (url === undefined || url.hostname === '' || /[\s@]/.test(text)) throw unreadable(scheme);
    return {
      // An IPv6 address stands in brackets in a URL only.
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? usualPort : Number(url.port),
    };
  });
}

function readLogin({ userinfo }: AddressParts): { username?: string; password?: string } {
  const [, user = '', secret = ''] = /^([^:]*):?(.*)$/s.exec(userinfo) ?? [];
  const username = decode(user);
  const password = decode(secret);
  return { ...(username && { username }), ...(password && { password }) };
}

function readQuery({ query }: AddressParts, known: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map(new URLSearchParams(query));
  for (const name of found.keys()) {
    if (known.includes(name)) continue;
    throw new RedisUrlError(
      `REDIS_URL says "${name}", which Carillon does not know there: after the ? it takes ${known.join(', ')}.`,
    );
  }
  return found;
}

function readReplicas(query: ReadonlyMap<string, string>): { replicas: number } {
  const text = query.get('replicas') ?? '1';
  if (/^\d$/.test(text)) return { replicas: Number(text) };
  throw new RedisUrlError(
    'REDIS_URL has "replicas" that are no number: write how many replicas must have what is about to be sent, such as ' +
      'replicas=1, or replicas=0 to wait for none.',
  );
}

function readEncryption(
  { scheme }: AddressParts,
  query: ReadonlyMap<string, string>,
): Pick<UrlEndpoint, 'isEncrypted' | 'certificates'> {
  const isEncrypted = scheme.startsWith('rediss');
  const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => query.get(name) || undefined);
  const certificates = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  if (Object.keys(certificates).length === 0) return { isEncrypted };
  if (!isEncrypted) {
    throw new RedisUrlError(
      `REDIS_URL names certificates, and ${scheme}:// is not encrypted: begin it with ${scheme.replace('redis', 'rediss')}://.`,
    );
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw new RedisUrlError(
      'REDIS_URL names only one of "cert" and "key": a certificate of ours needs both files.',
    );
  }
  return { isEncrypted, certificates };
}

function unreadable(scheme: AddressParts['scheme']): RedisUrlError {
  const [hosts, end] = scheme.endsWith('+sentinel')
    ? ['one:26379,two:26379', '/mymaster']
    : scheme.endsWith('+cluster')
      ? ['one:6379,two:6379', '']
      : ['host:6379', '/0'];
  return new RedisUrlError(
    `REDIS_URL cannot be read: write it as ${scheme}://user:password@${hosts}${end}, and write the characters # / ? @ : % of a ` +
      'password as %23 %2F %3F %40 %3A %25.',
  );
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new RedisUrlError(
      'REDIS_URL has a user or password with a lone "%": write the character % as %25.',
    );
  }
}

function readDatabase(text: string): number {
  if (text === '') return 0;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new RedisUrlError(
    'REDIS_URL ends with something that is not the number of a database: write it as redis://host:6379/0.',
  );
}
