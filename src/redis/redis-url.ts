import type { UrlEndpoint } from './endpoint.ts';
import { RedisUrlError } from './redis-errors.ts';

/**
 * Reads `redis://[user[:password]@]host[:port][/db]`; `rediss://` is the same, encrypted.
 *
 * @throws {RedisUrlError} a sentence that never shows the password
 */
export function parseRedisUrl(address: string): UrlEndpoint {
  const text = address.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    throw new RedisUrlError(
      'REDIS_URL is not an address: write it as redis://host:6379, or as rediss://host:6379 if it is encrypted.',
    );
  }
  if (scheme !== 'redis' && scheme !== 'rediss') {
    throw new RedisUrlError(
      `REDIS_URL begins with ${scheme}://, which Carillon does not know: it takes redis:// and rediss://.`,
    );
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '' || url.hash !== '') {
    throw new RedisUrlError(
      'REDIS_URL cannot be read: write it as redis://user:password@host:6379/0, and write the characters # / ? @ : % of a ' +
        'password as %23 %2F %3F %40 %3A %25.',
    );
  }
  const username = decode(url.username);
  const password = decode(url.password);
  return {
    kind: 'url',
    // An IPv6 address stands in brackets in a URL only.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 6379 : Number(url.port),
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
    db: readDatabase(url.pathname),
    isEncrypted: scheme === 'rediss',
  };
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

function readDatabase(path: string): number {
  const text = path.replace(/^\//, '');
  if (text === '') return 0;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new RedisUrlError(
    'REDIS_URL ends with something that is not the number of a database: write it as redis://host:6379/0.',
  );
}
