import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { UrlEndpoint } from './endpoint.ts';
import { RedisUrlError, wordsOf } from './redis-errors.ts';

/**
 * How an encrypted connection is made.
 *
 * @param host that of the certificate; without it, the host that is connected to
 * @throws {RedisUrlError} if a file of certificates cannot be read
 */
export function tlsOf(
  { certificates = {} }: Pick<UrlEndpoint, 'certificates'>,
  host?: string,
): ConnectionOptions {
  const read = (name: 'ca' | 'cert' | 'key'): Buffer | undefined => {
    const file = certificates[name];
    return file === undefined ? undefined : readCertificate(file, name);
  };
  const [ca, cert, key] = [read('ca'), read('cert'), read('key')];
  return {
    // The name of a server is asked for in plain text, and an IP address is none.
    ...(host !== undefined && isIP(host) === 0 && { servername: host }),
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
  };
}

function readCertificate(file: string, name: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new RedisUrlError(
      `REDIS_URL names the file ${file} as "${name}", and it cannot be read (${wordsOf(error)}): give the path of a PEM ` +
        'file that this user may read.',
    );
  }
}
