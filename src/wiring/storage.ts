import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { AlertStore } from '../alerts/alert-store.ts';
import { openRedisAlertStore } from '../alerts/redis-alert-store.ts';
import type { PublishingSettings } from '../core/config.ts';
import type { ConfigReports } from '../core/config-report.ts';
import type { Heartbeats } from '../core/heartbeat.ts';
import type { JumpingClock } from '../core/jumping-clock.ts';
import type { Log } from '../core/log.ts';
import type { Settling } from '../core/settling.ts';
import { type AccessStore, openAccessStore } from '../dashboard/access/access-store.ts';
import type { Examinations } from '../doctor/examinations.ts';
import { openRedisExaminations } from '../doctor/redis-examinations.ts';
import type { FeedMemory } from '../feeds/feed-memory.ts';
import { openRedisFeedMemory } from '../feeds/redis-feed-memory.ts';
import type { AgreedAccounts } from '../going-live/agree.ts';
import { openAgreedAccounts } from '../ledger/agreed-accounts.ts';
import { type LedgerChanges, openLedgerChanges } from '../ledger/changes.ts';
import { openConfigReports } from '../ledger/config-reports.ts';
import { openHeartbeats } from '../ledger/heartbeats.ts';
import { findJournalDirectory } from '../ledger/journal-directory.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { keepTime, keptClock, redisClock } from '../ledger/ledger-clock.ts';
import type { ServerWatch } from '../ledger/lua-recovery.ts';
import { openRedisLedger } from '../ledger/redis-ledger.ts';
import { networkIds } from '../networks/registry.ts';
import { sendWindowMs } from '../publishing/publishing.ts';
import { openQueues, type Queues } from '../queue/queues.ts';
import {
  hasWaitAof,
  judgeServers,
  readServerFacts,
  type ServerFinding,
} from '../redis/check-server.ts';
import { connectRedis } from '../redis/connect.ts';
import { describeEndpoint, type RedisEndpoint } from '../redis/endpoint.ts';
import { makeFirstContact } from '../redis/first-contact.ts';
import { openPrivateRedis } from '../redis/private-redis.ts';
import { parseRedisUrl } from '../redis/redis-url.ts';
import { openSettling } from '../redis/settling.ts';
import type { OpenTracing } from '../tracing/open-tracing.ts';
import type { Closing } from './closing.ts';

/** What outlives this process: all that is kept in Redis, and the journals beside it. */
export interface Storage {
  readonly endpoint: RedisEndpoint;
  readonly redis: Redis;
  /** Where the server's answer alone does not make a write last. */
  readonly settling: Settling | undefined;
  /** Of every key. */
  readonly prefix: string;
  readonly redisFindings: readonly ServerFinding[];
  readonly ledger: Ledger;
  /** Which publications change, over a connection of its own. */
  followChanges(): LedgerChanges;
  readonly dashboardAccess: AccessStore;
  readonly queues: Queues;
  readonly feedMemory: FeedMemory;
  readonly configReports: ConfigReports;
  readonly agreedAccounts: AgreedAccounts;
  /** Read by those who do not alert anybody. */
  readonly alertStore: Pick<AlertStore, 'troubles' | 'waiting'>;
  readonly examinations: Examinations;
  readonly heartbeats: Heartbeats;
  /** Where traces are wanted. */
  readonly tracing: OpenTracing | undefined;
  /** The directory of this ledger's journals. */
  readonly journals: string;
  /** So long a ledger that has lost something stays frozen at least, as other hosts may still be sending. */
  quietMs(settings: PublishingSettings): number;
}

interface StorageOptions {
  readonly redisUrl: string | undefined;
  readonly dataDir: string;
  readonly mayStartRedis: boolean;
  readonly log: Log;
  readonly rehearsalClock?: JumpingClock;
  readonly tracing: OpenTracing | undefined;
}

export async function openStorage(
  namespace: string,
  options: StorageOptions,
  closing: Closing,
): Promise<Storage> {
  const { log, dataDir, rehearsalClock, tracing } = options;
  const endpoint = await openEndpoint(options, closing);
  const redis = connectRedis(endpoint, 'ledger', { log });
  closing.add(() => closeRedis(redis));
  const servers = await makeFirstContact(redis, endpoint, () => readServerFacts(redis));
  const prefix = `{${namespace}}`;
  const waitForDisk =
    servers.some(({ appendonly, appendfsync }) => appendonly && appendfsync !== 'always') &&
    servers.every(hasWaitAof);
  const replicas = 'replicas' in endpoint ? endpoint.replicas : 0;
  const settling =
    waitForDisk || replicas > 0
      ? openSettling(redis, { key: `${prefix}:ledger:fence`, waitForDisk, replicas })
      : undefined;
  if (rehearsalClock !== undefined) {
    await rehearsalClock.follow((now) => keepTime(redis, prefix, now));
    // Nothing of a rehearsal has to survive it.
    await redis.config('SET', 'appendonly', 'no');
  }
  const clock = rehearsalClock === undefined ? redisClock : keptClock;
  const ledger = openRedisLedger(redis, { prefix, settling, clock, watch: watchOf(endpoint) });
  const onError = (error: unknown) => log.debug({ reason: String(error) }, 'A queue complains.');
  const queues = openQueues({
    ...{ prefix, networks: networkIds, connection: redis, redis, onError, tracing },
    ...(rehearsalClock && { overdueMs: 0 }),
  });
  closing.add(() => queues[Symbol.asyncDispose]());
  const journals = findJournalDirectory(join(dataDir, 'journal', namespace), {
    id: await ledger.id(),
    address: describeEndpoint(endpoint),
  });
  return {
    endpoint,
    redis,
    settling,
    prefix,
    redisFindings: judgeServers(servers, endpoint),
    ledger,
    followChanges: () =>
      openLedgerChanges(connectRedis(endpoint, 'worker', { log, name: 'changes' }), prefix),
    dashboardAccess: openAccessStore(redis, prefix),
    queues,
    feedMemory: openRedisFeedMemory(redis, prefix),
    configReports: openConfigReports(redis, `${prefix}:ledger:config-report`),
    agreedAccounts: openAgreedAccounts(redis, `${prefix}:ledger:agreed-accounts`),
    alertStore: openRedisAlertStore(redis, { prefix, owner: '' }),
    examinations: openRedisExaminations(redis, `${prefix}:ledger:examinations`),
    heartbeats: openHeartbeats(redis, `${prefix}:ledger:heartbeats`),
    tracing,
    journals,
    quietMs: (settings) => (watchOf(endpoint) === 'none' ? 0 : sendWindowMs(settings)),
  };
}

/** Nobody but this host has to do with its private Redis. */
function watchOf({ kind }: RedisEndpoint): ServerWatch {
  if (kind === 'sentinel' || kind === 'cluster') return 'changes';
  return kind === 'url' ? 'promotions' : 'none';
}

async function openEndpoint(
  { redisUrl, dataDir, mayStartRedis, log, rehearsalClock }: StorageOptions,
  closing: Closing,
): Promise<RedisEndpoint> {
  if (rehearsalClock !== undefined && redisUrl !== undefined) {
    throw new Error('A rehearsal has a Redis of its own.');
  }
  if (redisUrl !== undefined) return parseRedisUrl(redisUrl);
  const own = await openPrivateRedis({
    dataDir,
    log,
    mayStart: mayStartRedis,
    install: mayStartRedis,
  });
  closing.add(() => own.close());
  return own.endpoint;
}

async function closeRedis(redis: Redis): Promise<void> {
  // One that never came about would be waited for.
  if (redis.status !== 'ready') return redis.disconnect();
  await redis.quit().catch(() => redis.disconnect());
}
