import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Account } from '../../src/core/account.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { PublishingSettings } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import { thisSender } from '../../src/core/sender.ts';
import type { Next, WakeUp } from '../../src/core/wake-up.ts';
import { openJournal } from '../../src/ledger/journal.ts';
import { openLease } from '../../src/ledger/lease.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openRedisLedger } from '../../src/ledger/redis-ledger.ts';
import type { Session } from '../../src/networks/network.ts';
import { findNetwork } from '../../src/networks/registry.ts';
import { handleWakeUp } from '../../src/publishing/handle-wake-up.ts';
import { openLimitReports } from '../../src/publishing/limit-reports.ts';
import type { Publishing } from '../../src/publishing/publishing.ts';
import { recover, recoverIfBehind, tellOutcomes } from '../../src/publishing/recover.ts';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { startQueueWorker } from '../../src/queue/worker.ts';
import { connectRedis } from '../../src/redis/connect.ts';
import { parseRedisUrl } from '../../src/redis/redis-url.ts';
import { startScheduler } from '../../src/scheduler/scheduler.ts';
import { limitsOf } from '../../src/wiring/limits-of.ts';
import { holdCredentials } from '../support/credentials.ts';

/** What the processes of one batch share. Plain data, so that it can be handed to a child. */
export interface BenchPlan {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly dataDir: string;
  readonly network: string;
  readonly facebook: 'two-phase' | 'direct';
  readonly apiUrl: string;
  readonly requestTimeoutMs: number;
}

/** The product's own pieces, as its app puts them together, at the pace of a test. */
export interface Bench extends AsyncDisposable {
  readonly ledger: Ledger;
  readonly queues: Queues;
  readonly settings: PublishingSettings;
  readonly redis: Redis;
  account(name: string): Account;
  openSession(account: Account): Promise<Session>;
  startWorker(wraps?: Wraps): Promise<AsyncDisposable>;
  startScheduler(): AsyncDisposable;
}

/** What a test puts around the product's pieces. */
export interface Wraps {
  readonly sender?: string;
  ledger?(ledger: Ledger): Ledger;
  session?(session: Session, account: Account): Session;
  handle?(handle: (wakeUp: WakeUp) => Promise<Next>): (wakeUp: WakeUp) => Promise<Next>;
}

/** How long the job of a dead worker counts as being in its hands. */
const LOCK_MS = 1_000;

export function openBench(plan: BenchPlan): Bench {
  const { prefix, network, dataDir } = plan;
  const endpoint = parseRedisUrl(plan.redisUrl);
  const redis = connectRedis(endpoint, 'ledger', { log: silentLog });
  const ledger = openRedisLedger(redis, { prefix });
  const queues = openQueues({
    prefix,
    networks: [network],
    connection: redis,
    redis,
    onError: () => {},
  });
  const settings: PublishingSettings = {
    requestTimeoutMs: plan.requestTimeoutMs,
    attempts: 8,
    backoffMs: 200,
    confirmAfterMs: [400, 1_000],
    publishByMs: 600_000,
    facebook: plan.facebook,
    resumeGapMs: 10,
  };
  const account = (name: string): Account => accountOf(name, plan);
  const reports = openLimitReports(
    (name, sightings) => ledger.sawLimits(name, limitsOf(account(name)).app, sightings),
    () => {},
  );
  const openSession = async (of: Account): Promise<Session> => {
    const found = findNetwork(network);
    if (found === undefined) throw new Error(`There is no network ${network}.`);
    return found.connect(of, {
      clock: systemClock,
      requestTimeoutMs: plan.requestTimeoutMs,
      credentials: holdCredentials(),
      media: ledger.media,
      facebook: plan.facebook,
      sawLimit: (sighting) => reports.saw(of.name, sighting),
    });
  };

  return {
    ledger,
    queues,
    settings,
    redis,
    account,
    openSession,
    async startWorker(wraps = {}) {
      const journals = join(dataDir, 'journal');
      const journal = openJournal(join(journals, `${network}.jsonl`), systemClock.now);
      const stopping = new AbortController();
      const sessions = new Map<string, Promise<Session>>();
      const wrapSession = wraps.session ?? ((session) => session);
      const publishing: Publishing = {
        ledger: wraps.ledger?.(ledger) ?? ledger,
        journal,
        settings,
        clock: systemClock,
        log: silentLog,
        sender: wraps.sender ?? thisSender(),
        random: Math.random,
        inFlight: new Set(),
        stopping: stopping.signal,
        recover: (reason) => recover(ledger, journals, reason, silentLog),
        accountOf: async (name) => ({
          account: account(name),
          isAssisted: false,
          limits: limitsOf(account(name)),
        }),
        tellLimits: reports.tell,
        sessionOf(of) {
          const session =
            sessions.get(of.name) ?? openSession(of).then((opened) => wrapSession(opened, of));
          sessions.set(of.name, session);
          return session;
        },
      };
      await recoverIfBehind(ledger, journals, silentLog);
      await tellOutcomes(ledger, journal);

      const connection = connectRedis(endpoint, 'worker', { log: silentLog });
      const handle = ({ publication, generation }: WakeUp) =>
        handleWakeUp(publication, generation, publishing);
      const worker = startQueueWorker({
        network,
        prefix,
        connection,
        concurrency: 20,
        lockMs: LOCK_MS,
        handle: wraps.handle?.(handle) ?? handle,
        enqueue: queues.enqueue,
        countDue: () => queues.countDue(network),
        onError: () => {},
        log: () => {},
      });
      return {
        async [Symbol.asyncDispose]() {
          stopping.abort();
          await worker[Symbol.asyncDispose]();
          connection.disconnect();
          journal.close();
        },
      };
    },
    startScheduler() {
      const lease = openLease(redis, `${prefix}:ledger:lead`, thisSender(), 10_000);
      return startScheduler({
        ledger,
        queues,
        settings,
        log: silentLog,
        lease,
        sweepEveryMs: 200,
        putBackEveryMs: 1_000,
      });
    },
    async [Symbol.asyncDispose]() {
      await queues[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}

function accountOf(name: string, { network, apiUrl }: BenchPlan): Account {
  const number = Buffer.from(name).reduce((sum, byte) => (sum * 257 + byte) % 1e15, 7);
  const settings: Record<string, Record<string, unknown>> = {
    twitter: { handle: name },
    facebook: { pageId: String(1e15 + number) },
    youtube: { channelId: `UC${String(number).padStart(22, '0')}`, mode: 'api' },
  };
  return { name, network, apiUrl, sandbox: true, settings: settings[network] ?? {}, secrets: {} };
}
