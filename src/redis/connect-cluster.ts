import type { ClusterOptions, Cluster as ClusterRedis, RedisOptions } from 'ioredis';
import { lightRequire } from '../core/light-require.ts';
import type { ClusterEndpoint } from './endpoint.ts';
import { tlsOf } from './tls.ts';

const { Cluster } = lightRequire<typeof import('ioredis')>('ioredis');

/** Between two tries of a command whose node is away. */
const RETRY_EVERY_MS = 100;
/** More than any command that is given up in time, and for those that wait for ever. */
const MOST_TRIES = 100_000;

interface ClusterUse
  extends Pick<RedisOptions, 'commandTimeout' | 'connectionName' | 'enableOfflineQueue'> {
  readonly retryStrategy: (tries: number) => number;
}

/**
 * Opens a connection to a Cluster. All keys of Carillon are in one slot, so that in fact it talks to one node; another
 * one takes over within the Cluster, or the slot moves, without anybody being told.
 */
export function connectCluster(endpoint: ClusterEndpoint, use: ClusterUse): ClusterRedis {
  const { username, password, isEncrypted } = endpoint;
  const { commandTimeout, connectionName, enableOfflineQueue = true, retryStrategy } = use;
  const options = {
    replyMapping: 'legacy',
    enableOfflineQueue,
    clusterRetryStrategy: retryStrategy,
    retryDelayOnFailover: RETRY_EVERY_MS,
    retryDelayOnClusterDown: RETRY_EVERY_MS,
    retryDelayOnTryAgain: RETRY_EVERY_MS,
    maxRedirections: enableOfflineQueue ? MOST_TRIES : 1,
    slotsRefreshTimeout: 2_000,
    // A certificate is good for a name, where it is: names are not looked up beforehand.
    ...(isEncrypted && {
      dnsLookup: (host: string, answer: (error: null, address: string) => void) =>
        answer(null, host),
    }),
    redisOptions: {
      ...(username && { username }),
      ...(password && { password }),
      ...(isEncrypted && { tls: tlsOf(endpoint) }),
      ...(commandTimeout !== undefined && { commandTimeout }),
      ...(connectionName !== undefined && { connectionName }),
    },
  } satisfies ClusterOptions & { replyMapping: 'legacy' };
  return new TimedCluster([...endpoint.nodes], options, commandTimeout);
}

/** A node gives up a command in time; one that has found no node yet would wait for ever. */
class TimedCluster extends Cluster {
  readonly #timeoutMs: number | undefined;

  constructor(
    nodes: ConstructorParameters<typeof Cluster<'legacy'>>[0],
    options: ConstructorParameters<typeof Cluster<'legacy'>>[1],
    timeoutMs: number | undefined,
  ) {
    super(nodes, options);
    this.#timeoutMs = timeoutMs;
  }

  override sendCommand(...sent: Parameters<ClusterRedis['sendCommand']>): unknown {
    if (this.#timeoutMs !== undefined) sent[0].setTimeout(this.#timeoutMs);
    return super.sendCommand(...sent);
  }
}
