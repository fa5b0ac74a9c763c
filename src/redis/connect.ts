import { createConnection } from 'node:net';
import type { AbstractConnector, Cluster, Redis, RedisOptions } from 'ioredis';
import { lightRequire } from '../core/light-require.ts';
import { describeError, type Log } from '../core/log.ts';
import { connectCluster } from './connect-cluster.ts';
import {
  type ClusterEndpoint,
  type PortEndpoint,
  type RedisEndpoint,
  readPort,
} from './endpoint.ts';
import { tlsOf } from './tls.ts';

const ioredis = lightRequire<typeof import('ioredis')>('ioredis');

/**
 * What a connection is for.
 *
 * - `ledger`: commands wait while the connection is made again, for about three seconds, then fail and are
 *   not sent later; one that is never answered fails after five.
 * - `producer`: adds jobs; fails at once while Redis is away, as the scheduler adds what is missing.
 * - `worker`: waits for ever, as a BullMQ worker demands of its connection.
 */
export type RedisUse = 'ledger' | 'producer' | 'worker';

const byUse: Readonly<Record<RedisUse, RedisOptions>> = {
  ledger: { maxRetriesPerRequest: 5, commandTimeout: 5000 },
  producer: { maxRetriesPerRequest: 1, commandTimeout: 5000, enableOfflineQueue: false },
  worker: { maxRetriesPerRequest: null },
};

const longestRetryMs = 2000;
const errorEveryMs = 5000;

/**
 * Opens a connection that makes itself again whenever it is lost. Its errors go to the log, never with the
 * password or what a command carried. That to a Cluster answers the same commands: those without a key at any node.
 *
 * @throws {RedisUrlError} if a file of certificates cannot be read
 */
export function connectRedis(
  endpoint: RedisEndpoint,
  use: RedisUse,
  options: { log: Log; name?: string },
): Redis {
  const { name } = options;
  const ours = { ...byUse[use], ...(name === undefined ? {} : { connectionName: name }) };
  if (endpoint.kind === 'cluster') {
    const cluster = connectCluster(endpoint, { ...ours, retryStrategy: retryAfter });
    logTrouble(cluster, options.log, name ?? use);
    return cluster as unknown as Redis;
  }
  const redis = new ioredis.Redis({
    ...addressOf(endpoint),
    ...ours,
    retryStrategy: retryAfter,
    replyMapping: 'legacy',
  });
  logTrouble(redis, options.log, name ?? use);
  return redis;
}

/** Milliseconds until the next try to connect. */
export function retryAfter(tries: number): number {
  return Math.min(50 * 2 ** Math.min(tries, 10), longestRetryMs);
}

function addressOf(endpoint: Exclude<RedisEndpoint, ClusterEndpoint>): RedisOptions {
  switch (endpoint.kind) {
    case 'socket':
      return { path: endpoint.path };
    case 'port':
      return { password: endpoint.password, Connector: connectorTo(endpoint) };
    case 'url':
      return {
        host: endpoint.host,
        port: endpoint.port,
        db: endpoint.db,
        ...loginOf(endpoint),
        ...(endpoint.isEncrypted && { tls: tlsOf(endpoint, endpoint.host) }),
      };
    case 'sentinel':
      return {
        sentinels: [...endpoint.sentinels],
        name: endpoint.masterName,
        db: endpoint.db,
        ...loginOf(endpoint),
        ...(endpoint.sentinelUsername && { sentinelUsername: endpoint.sentinelUsername }),
        ...(endpoint.sentinelPassword && { sentinelPassword: endpoint.sentinelPassword }),
        sentinelRetryStrategy: retryAfter,
        ...(endpoint.isEncrypted && {
          tls: tlsOf(endpoint),
          enableTLSForSentinelMode: true,
          sentinelTLS: tlsOf(endpoint),
        }),
      };
  }
}

function loginOf(endpoint: { username?: string; password?: string }): RedisOptions {
  const { username, password } = endpoint;
  return { ...(username && { username }), ...(password && { password }) };
}

/** Asks for the port at every try: a private server that starts again may have to take another one. */
function connectorTo(endpoint: PortEndpoint): NonNullable<RedisOptions['Connector']> {
  return class PrivatePortConnector extends ioredis.AbstractConnector {
    constructor() {
      super(2000);
    }

    override connect(): ReturnType<AbstractConnector['connect']> {
      this.connecting = true;
      const stream = createConnection({ host: endpoint.host, port: readPort(endpoint) ?? 0 });
      stream.once('error', (error) => {
        this.firstError = error;
      });
      this.stream = stream;
      return Promise.resolve(stream);
    }
  };
}

/** Says at most once in five seconds that a connection fails, and once that it is back. */
function logTrouble(redis: Redis | Cluster, log: Log, name: string): void {
  let saidAt = Number.NEGATIVE_INFINITY;
  let hasSaidSo = false;
  redis.on('error', (error: unknown) => {
    if (performance.now() - saidAt < errorEveryMs) return;
    saidAt = performance.now();
    hasSaidSo = true;
    log.warn({ connection: name, ...describeError(error) }, 'Redis does not answer.');
  });
  redis.on('ready', () => {
    if (hasSaidSo) log.info({ connection: name }, 'Redis answers again.');
    hasSaidSo = false;
  });
}
