import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Account } from './core/account.ts';
import { systemClock } from './core/clock.ts';
import type { Config, ConfigFrame } from './core/config.ts';
import type { LinkCheck } from './core/link-check.ts';
import type { Log } from './core/log.ts';
import type { Post } from './core/post.ts';
import { ConfigError, type Problem } from './core/problem.ts';
import type { Publication } from './core/publication.ts';
import { thisSender } from './core/sender.ts';
import { openJournal } from './ledger/journal.ts';
import { findJournalDirectory } from './ledger/journal-directory.ts';
import { openLease } from './ledger/lease.ts';
import type { Ledger } from './ledger/ledger.ts';
import { openRedisLedger } from './ledger/redis-ledger.ts';
import type { Network, Session } from './networks/network.ts';
import { findNetwork, networkIds } from './networks/registry.ts';
import { applyPlan } from './planning/apply.ts';
import { composeIntents, type Intents } from './planning/intents.ts';
import { type Plan, planChanges } from './planning/plan.ts';
import { linksOf } from './preflight/post-links.ts';
import { discardDrafts } from './publishing/discard.ts';
import { handleWakeUp } from './publishing/handle-wake-up.ts';
import type { LinkGate } from './publishing/link-gate.ts';
import type { Publishing } from './publishing/publishing.ts';
import {
  finishRecovery,
  recover,
  recoverIfBehind,
  tellOutcomes,
  thaw,
} from './publishing/recover.ts';
import { openQueues, type Queues } from './queue/queues.ts';
import { startQueueWorker } from './queue/worker.ts';
import {
  hasWaitAof,
  judgeServer,
  readServerFacts,
  type ServerFinding,
} from './redis/check-server.ts';
import { connectRedis } from './redis/connect.ts';
import type { RedisEndpoint } from './redis/endpoint.ts';
import { openPrivateRedis } from './redis/private-redis.ts';
import { parseRedisUrl } from './redis/redis-url.ts';
import { openLookAhead } from './scheduler/look-ahead.ts';
import { startScheduler } from './scheduler/scheduler.ts';
import { putBackAllJobs } from './scheduler/sweep.ts';

/** Where this process stands: what its environment says besides the config. */
export interface Surroundings {
  /** A Redis of the user's; undefined: Carillon's own. */
  readonly redisUrl: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  /** False in a process that a supervisor has started, which runs the private Redis itself. */
  readonly mayStartRedis: boolean;
  readonly log: Log;
}

/** Carillon, put together around one config. Disposing it closes its connections, and its own Redis if it runs it. */
export interface App extends AsyncDisposable {
  readonly config: ConfigFrame;
  readonly ledger: Ledger;
  readonly queues: Queues;
  /** What keeps the Redis from being a safe place for the ledger. */
  readonly redisFindings: readonly ServerFinding[];
  /** What apply would do. @throws {ConfigError} if a post cannot go out as it stands */
  plan(config: Config): Promise<Planned>;
  /** Makes ledger and queues match the config. @throws {ConfigError} as `plan` */
  apply(config: Config): Promise<Planned>;
  /** Makes a job for everything that waits for one, at once. */
  putBackJobs(): Promise<void>;
  /** Opens a session with an account, to read it back. */
  sessionOf(account: string): Promise<Session | undefined>;
  thaw(by: string): Promise<boolean>;
  startScheduler(): AsyncDisposable;
  /** Publishes for one network until it is disposed; `reload` gives the config as it is by then. */
  startWorker(network: string, reload: () => Promise<ConfigFrame>): Promise<AsyncDisposable>;
}

export interface Planned {
  readonly plan: Plan;
  readonly warnings: readonly Problem[];
}

export async function openApp(config: ConfigFrame, surroundings: Surroundings): Promise<App> {
  const closing = createClosing();
  try {
    return await assemble(config, surroundings, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function assemble(
  config: ConfigFrame,
  surroundings: Surroundings,
  closing: Closing,
): Promise<App> {
  const { log, dataDir } = surroundings;
  const endpoint = await openEndpoint(surroundings, closing);
  const redis = connectRedis(endpoint, 'ledger', { log });
  closing.add(() => closeRedis(redis));
  const facts = await readServerFacts(redis);
  const redisFindings = judgeServer(facts);

  const namespace = namespaceOf(config);
  const prefix = `{${namespace}}`;
  const waitForDisk =
    facts.appendfsync !== 'always' && facts.appendonly === true && hasWaitAof(facts);
  const ledger = openRedisLedger(redis, { prefix, waitForDisk });
  const onError = (error: unknown) => log.debug({ reason: String(error) }, 'A queue complains.');
  const queues = openQueues({ prefix, networks: networkIds, connection: redis, redis, onError });
  closing.add(() => queues[Symbol.asyncDispose]());
  const journals = findJournalDirectory(join(dataDir, 'journal', namespace), {
    id: await ledger.id(),
    address: addressOf(endpoint),
  });
  const publishing = config.publishing;
  const sweeping = { ledger, queues, settings: publishing, log };

  const plan = async (whole: Config): Promise<Planned & { intents: Intents }> => {
    await recoverIfBehind(ledger, journals, log);
    const intents = await composeIntents(whole, networkOf);
    const warnings = intents.problems.filter(({ severity }) => severity === 'warning');
    if (warnings.length < intents.problems.length) throw new ConfigError(intents.problems);
    return { intents, warnings, plan: await planAgainst(ledger, intents) };
  };

  return {
    config,
    ledger,
    queues,
    redisFindings,
    plan,
    async apply(whole) {
      const { intents, warnings, plan: planned } = await plan(whole);
      const { mediaFiles } = intents;
      const enqueue = queues.enqueue;
      return { warnings, plan: await applyPlan(planned, { ledger, mediaFiles, enqueue }) };
    },
    putBackJobs: () => putBackAllJobs(sweeping),
    thaw: (by) => thaw(ledger, journals, by),
    async sessionOf(name) {
      const account = config.accounts.get(name);
      return account && openSession(account, config, ledger);
    },
    startScheduler() {
      const lease = openLease(redis, `${prefix}:ledger:lead`, thisSender(), 10_000);
      const lookAhead = lookAheadOf(config, ledger, log);
      return startScheduler({ ...sweeping, lease, ...(lookAhead && { lookAhead }) });
    },
    startWorker(network, reload) {
      return startWorker({
        network,
        reload,
        config,
        endpoint,
        ledger,
        queues,
        journals,
        prefix,
        log,
      });
    },
    [Symbol.asyncDispose]: () => closing.close(),
  };
}

/** The ledgers of the sandbox and of the real networks never meet. */
function namespaceOf(config: ConfigFrame): string {
  return config.sandbox ? 'carillon-sandbox' : 'carillon';
}

async function openEndpoint(
  { redisUrl, dataDir, mayStartRedis, log }: Surroundings,
  closing: Closing,
): Promise<RedisEndpoint> {
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

/** Where a ledger is, as its journals remember it. */
function addressOf(endpoint: RedisEndpoint): string {
  if (endpoint.kind !== 'url') return 'private';
  return `${endpoint.host}:${endpoint.port}/${endpoint.db}`;
}

function networkOf(id: string): Network {
  const network = findNetwork(id);
  if (network === undefined) throw new Error(`There is no network ${id}.`);
  return network;
}

async function planAgainst(ledger: Ledger, { intents }: Intents): Promise<Plan> {
  const records = new Map<string, Publication>();
  for (const record of await ledger.list()) records.set(record.publication, record);
  return planChanges({
    intents,
    ledger: records,
    now: await ledger.now(),
  });
}

function openSession(account: Account, config: ConfigFrame, ledger: Ledger): Promise<Session> {
  const { requestTimeoutMs, facebook } = config.publishing;
  return networkOf(account.network).connect(account, {
    clock: systemClock,
    requestTimeoutMs,
    media: ledger.media,
    facebook,
  });
}

/** A link counts as followed for so long, as it is most often that of several accounts: ahead of time, and when it is due. */
const KEEP_LINKS_MS = { ahead: 60_000, due: 5_000 } as const;

/** How links are followed before posts go out; undefined where they are not. Loaded with the first one. */
function linkGateOf(
  { preflight: { isBeforeSending, allow } }: ConfigFrame,
  when: keyof typeof KEEP_LINKS_MS,
): LinkGate | undefined {
  if (!isBeforeSending) return undefined;
  let opened: Promise<(post: Post) => Promise<LinkCheck>> | undefined;
  const open = async () => {
    const [{ openPreflight }, { checkPost }] = await Promise.all([
      import('./preflight/preflight.ts'),
      import('./preflight/check-post.ts'),
    ]);
    const preflight = openPreflight({ allow, keepMs: KEEP_LINKS_MS[when] });
    return (post: Post) => checkPost(post, networkOf(post.network), preflight);
  };
  return {
    linksOf,
    async check(post) {
      opened ??= open();
      return (await opened)(post);
    },
  };
}

function lookAheadOf(config: ConfigFrame, ledger: Ledger, log: Log): (() => void) | undefined {
  const gate = linkGateOf(config, 'ahead');
  return gate && openLookAhead({ ledger, log, checkLinks: gate.check });
}

interface WorkerParts {
  readonly network: string;
  readonly reload: () => Promise<ConfigFrame>;
  readonly config: ConfigFrame;
  readonly endpoint: RedisEndpoint;
  readonly ledger: Ledger;
  readonly queues: Queues;
  readonly journals: string;
  readonly prefix: string;
  readonly log: Log;
}

/** How many publications a worker has in hand at once. */
const CONCURRENCY = 20;
const UPKEEP_EVERY_MS = 10_000;
/** A config that lacks an account is not read again sooner than this. */
const RELOAD_EVERY_MS = 5_000;

async function startWorker(parts: WorkerParts): Promise<AsyncDisposable> {
  const { network, ledger, queues, journals, log } = parts;
  const stopping = new AbortController();
  const journal = openJournal(join(journals, `${network}.jsonl`), systemClock.now);
  const sessions = new Map<Account, Promise<Session>>();
  let { config } = parts;
  let reloadedAt = 0;

  const linkGate = config.preflight.mode === 'strict' ? linkGateOf(config, 'due') : undefined;

  const publishing: Publishing = {
    ...(linkGate && { linkGate }),
    ledger,
    journal,
    settings: config.publishing,
    clock: systemClock,
    log,
    sender: thisSender(),
    random: Math.random,
    inFlight: new Set(),
    stopping: stopping.signal,
    recover: (reason) => recover(ledger, journals, reason, log),
    async accountOf(name) {
      if (!config.accounts.has(name) && performance.now() - reloadedAt > RELOAD_EVERY_MS) {
        reloadedAt = performance.now();
        config = await parts.reload().catch(() => config);
      }
      const account = config.accounts.get(name);
      return (
        account && { account, isAssisted: networkOf(account.network).isAssisted(account.settings) }
      );
    },
    sessionOf(account) {
      const known = sessions.get(account);
      if (known !== undefined) return known;
      const session = openSession(account, config, ledger);
      sessions.set(account, session);
      session.catch(() => sessions.delete(account));
      return session;
    },
  };

  await recoverIfBehind(ledger, journals, log);
  await tellOutcomes(ledger, journal);

  const redis = connectRedis(parts.endpoint, 'worker', { log });
  const worker = startQueueWorker({
    network,
    prefix: parts.prefix,
    connection: redis,
    concurrency: CONCURRENCY,
    handle: ({ publication, generation }) => handleWakeUp(publication, generation, publishing),
    enqueue: queues.enqueue,
    countDue: () => queues.countDue(network),
    onError: (error) => log.debug({ reason: String(error) }, 'The queue complains.'),
    log: (message) => log.warn(message),
  });
  const upkeep = setInterval(() => {
    finishRecovery(ledger, journals, log)
      .then(() => discardDrafts(network, publishing))
      .catch((error: unknown) => log.debug({ reason: String(error) }, 'The upkeep failed.'));
  }, UPKEEP_EVERY_MS);
  upkeep.unref();

  return {
    async [Symbol.asyncDispose]() {
      clearInterval(upkeep);
      stopping.abort();
      await worker[Symbol.asyncDispose]();
      redis.disconnect();
      journal.close();
    },
  };
}

/** What has been opened, closed in the opposite order. */
interface Closing {
  add(close: () => PromiseLike<void>): void;
  close(): Promise<void>;
}

function createClosing(): Closing {
  const closers: (() => PromiseLike<void>)[] = [];
  return {
    add: (close) => closers.unshift(close),
    async close() {
      for (const close of closers.splice(0)) await close();
    },
  };
}

async function closeRedis(redis: Redis): Promise<void> {
  await redis.quit().catch(() => redis.disconnect());
}
