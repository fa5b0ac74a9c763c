import type { Redis } from 'ioredis';
import type { RedisEndpoint } from './endpoint.ts';
import { codeOf, RedisUnavailableError } from './redis-errors.ts';

/**
 * Asks for the first time over a connection.
 *
 * @throws {RedisUnavailableError} if the connection says why there is none, and that can be said to people; else what
 * `ask` throws
 */
export async function makeFirstContact<T>(
  redis: Redis,
  endpoint: RedisEndpoint,
  ask: () => Promise<T>,
): Promise<T> {
  let last: unknown;
  const note = (error: unknown): void => {
    last = error;
  };
  redis.on('error', note);
  try {
    return await ask();
  } catch (error) {
    const sentence = explain(last, endpoint);
    throw sentence === undefined ? error : new RedisUnavailableError(sentence, { cause: error });
  } finally {
    redis.off('error', note);
  }
}

function explain(error: unknown, endpoint: RedisEndpoint): string | undefined {
  const reason = deepest(error);
  const code = codeOf(reason);
  if (code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) {
    return (
      `The certificate of Redis is not trusted (${code}): if an authority of your own has signed it, name the file of that ` +
      'authority at the end of REDIS_URL, as ?ca=FILE; else see that it is good for the host in REDIS_URL.'
    );
  }
  if (code !== undefined && /^ERR_SSL/.test(code)) {
    return `Redis does not speak TLS as REDIS_URL asks for it (${code}): see whether its port is one for TLS, and whether it wants ?cert=FILE&key=FILE.`;
  }
  if (endpoint.kind === 'sentinel' && /sentinels are unreachable/i.test(String(error))) {
    return `No Sentinel in REDIS_URL answers with a master called ${endpoint.masterName}: see whether they run, and how they call it.`;
  }
  if (endpoint.kind === 'cluster' && error !== undefined) {
    return 'No node of the Cluster in REDIS_URL answers as one: see whether they run, and whether the Cluster is whole.';
  }
  return undefined;
}

/** A Cluster and the Sentinels wrap what their nodes have said. */
function deepest(error: unknown): unknown {
  const inner = (error as { lastNodeError?: unknown } | undefined)?.lastNodeError;
  return inner === undefined || inner === null ? error : deepest(inner);
}
