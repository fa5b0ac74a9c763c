import { join, relative } from 'node:path';
import type { Redis } from 'ioredis';
import type { Account } from './core/account.ts';
import { type Clock, systemClock } from './core/clock.ts';
import type { Config, ConfigFrame } from './core/config.ts';
import type { ConfigReports } from './core/config-report.ts';
import { RejectedError } from './core/errors.ts';
import type { JumpingClock } from './core/jumping-clock.ts';
import type { LinkCheck } from './core/link-check.ts';
import type { Log } from './core/log.ts';
import type { Post } from './core/post.ts';
import { ConfigError, type Problem } from './core/problem.ts';
import { thisSender } from './core/sender.ts';
import type { FeedMemory } from './feeds/feed-memory.ts';
import { onlyFromFeeds, planWithFeeds } from './feeds/feed-plan.ts';
import { openFeedAccess } from './feeds/look-at-feed.ts';
import { startPoller } from './feeds/poller.ts';
import { openRedisFeedMemory } from './feeds/redis-feed-memory.ts';
import { openConfigReports } from './ledger/config-reports.ts';
import { openJournal } from './ledger/journal.ts';
import { findJournalDirectory } from './ledger/journal-directory.ts';
import { openLease } from './ledger/lease.ts';
import type { Ledger } from './ledger/ledger.ts';
import { keepTime, keptClock, redisClock } from './ledger/ledger-clock.ts';
import { openRedisLedger } from './ledger/redis-ledger.ts';
import { openImageFitter } from './media/image-fitter.ts';
import type { Network, Session } from './networks/network.ts';
import { findNetwork, networkIds } from './networks/registry.ts';
import { applyPlan } from './planning/apply.ts';
import { composeIntents, type Intents } from './planning/intents.ts';
import type { Plan } from './planning/plan.ts';
import type { PlanNotes } from './planning/plan-notes.ts';
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
import { keepSessions, type SessionSettings } from './publishing/sessions.ts';
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
import { type Scheduler, startScheduler } from './scheduler/scheduler.ts';
import { putBackAllJobs, sweep } from './scheduler/sweep.ts';

/** Where this process stands: what its environment says besides the config. */
export interface Surroundings {
  /** A Redis of the user's; undefined: Carillon's own. */
  readonly redisUrl: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  /** False in a process that a supervisor has started, which runs the private Redis itself. */
  readonly mayStartRedis: boolean;
  readonly log: Log;
  /** Only in a rehearsal: whose time counts for everything, the ledger in its own Redis included. */
  readonly rehearsalClock?: JumpingClock;
}

/** Carillon, put together around one config. Disposing it closes its connections, and its own Redis if it runs it. */
export interface App extends AsyncDisposable {
  /** As it was adopted last. */
  readonly config: ConfigFrame;
  readonly ledger: Ledger;
  /** What feeds have given so far. */
  readonly feedMemory: FeedMemory;
  /** Where a scheduler says that its config cannot be used. */
  readonly configReports: ConfigReports;
  readonly queues: Queues;
  /** What keeps the Redis from being a safe place for the ledger. */
  readonly redisFindings: readonly ServerFinding[];
  /** What apply would do. @throws {ConfigError} if a post cannot go out as it stands */
  plan(config: Config): Promise<Planned>;
  /** Makes ledger and queues match the config; `announce` is told before. @throws {ConfigError} as `plan` */
  apply(config: Config, announce?: (planned: Planned) => void): Promise<Planned>;
  /**
   * Goes on with the accounts and settings of a config that was read again; what is under way ends as it began.
   * @throws {ConfigError} if it belongs to the other ledger: that of the sandbox, or that of the real networks
   */
  adopt(config: ConfigFrame): void;
  /** Makes a job for everything that waits for one, at once. */
  putBackJobs(): Promise<void>;
  /** Does what the scheduler does every second. */
  sweep(): Promise<void>;
  /** Opens a session with an account, to read it back. */
  sessionOf(account: string): Promise<Session | undefined>;
  thaw(by: string): Promise<boolean>;
  startScheduler(options?: { readonly onLead?: () => void }): Scheduler;
  /**
   * Asks the feeds of the config, as `current` gives it, and lets go out what is new in them, until it is disposed.
   * Only one process does, so the others give no config. `current` answers the same object for the same config.
   */
  startFeeds(
    current: () => Config | undefined,
    options?: { readonly tickMs?: number },
  ): AsyncDisposable;
  /** Publishes for one network until it is disposed; `reload` gives the config as it is by then. */
  startWorker(network: string, reload: () => Promise<ConfigFrame>): Promise<AsyncDisposable>;
}

export interface Planned {
  readonly plan: Plan;
  readonly warnings: readonly Problem[];
  /** As the ledger was before. */
  readonly notes: PlanNotes;
  /** When to apply again at the latest, so that no slot of a recurring entry comes unplanned. */
  readonly planAgainBy: number | undefined;
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
  const { log, dataDir, rehearsalClock } = surroundings;
  const clock = rehearsalClock ?? systemClock;
  const endpoint = await openEndpoint(surroundings, closing);
  const redis = connectRedis(endpoint, 'ledger', { log });
  closing.add(() => closeRedis(redis));
  const facts = await readServerFacts(redis);
  const redisFindings = judgeServer(facts);

  const namespace = namespaceOf(config);
  const prefix = `{${namespace}}`;
  const waitForDisk =
    facts.appendfsync !== 'always' && facts.appendonly === true && hasWaitAof(facts);
  if (rehearsalClock !== undefined) {
    await rehearsalClock.follow((now) => keepTime(redis, prefix, now));
    // Nothing of a rehearsal has to survive it.
    await redis.config('SET', 'appendonly', 'no');
  }
  const ledgerClock = rehearsalClock === undefined ? redisClock : keptClock;
  const ledger = openRedisLedger(redis, { prefix, waitForDisk, clock: ledgerClock });
  const onError = (error: unknown) => log.debug({ reason: String(error) }, 'A queue complains.');
  const queues = openQueues({
    ...{ prefix, networks: networkIds, connection: redis, redis, onError },
    ...(rehearsalClock && { overdueMs: 0 }),
  });
  closing.add(() => queues[Symbol.asyncDispose]());
  const journals = findJournalDirectory(join(dataDir, 'journal', namespace), {
    id: await ledger.id(),
    address: addressOf(endpoint),
  });
  const configReports = openConfigReports(redis, `${prefix}:ledger:config-report`);
  let current = config;
  const feedMemory = openRedisFeedMemory(redis, prefix);
  const fitImage = openImageFitter(join(dataDir, 'media'));
  const plan = async (whole: Config): Promise<Planned & { intents: Intents }> => {
    refuseOtherLedger(whole, namespace);
    await recoverIfBehind(ledger, journals, log);
    const written = await composeIntents(whole, networkOf, fitImage);
    if (written.problems.some(({ severity }) => severity === 'error')) {
      throw new ConfigError(written.problems);
    }
    const [records, now] = await Promise.all([ledger.list(), ledger.now()]);
    const known = { memory: feedMemory, records, now };
    const planned = await planWithFeeds(whole, written, { ...known, networkOf, fitImage });
    return { ...planned, warnings: planned.intents.problems };
  };

  const applyPlanned = (intents: Intents, planned: Plan): Promise<Plan> =>
    applyPlan(planned, { ledger, mediaFiles: intents.mediaFiles, enqueue: queues.enqueue });

  const adopt = (frame: ConfigFrame): void => {
    refuseOtherLedger(frame, namespace);
    current = frame;
  };

  return {
    get config() {
      return current;
    },
    ledger,
    feedMemory,
    configReports,
    queues,
    redisFindings,
    plan,
    adopt,
    async apply(whole, announce) {
      const { intents, plan: planned, ...beside } = await plan(whole);
      announce?.({ ...beside, plan: planned });
      const applied = await applyPlanned(intents, planned);
      await configReports.clear();
      return { ...beside, plan: applied };
    },
    putBackJobs: () => putBackAllJobs({ ledger, queues, log, settings: current.publishing }),
    sweep: () => sweep({ ledger, queues, log, settings: current.publishing }),
    thaw: (by) => thaw(ledger, journals, by),
    async sessionOf(name) {
      const account = current.accounts.get(name);
      return account && openSession(account, current.publishing, { ledger, clock });
    },
    startScheduler(options) {
      const lease = openLease(redis, `${prefix}:ledger:lead`, thisSender(), 10_000);
      return startScheduler({
        ledger,
        queues,
        log,
        get settings() {
          return current.publishing;
        },
        lease,
        lookAhead: openLookAhead({ ledger, log, gate: () => linkGates.ahead(current) }),
        ...options,
      });
    },
    startFeeds(whole, options) {
      const accessOf = keepLast((allow: readonly string[]) =>
        openFeedAccess({ allow, imageDirectory: join(dataDir, 'images') }),
      );
      return startPoller({
        ...options,
        config: whole,
        log,
        pollingOf: ({ timezone, preflight }) => ({
          memory: feedMemory,
          access: accessOf(preflight.allow),
          timezone,
          log,
          now: () => ledger.now(),
        }),
        async apply(config, ids) {
          const { intents, plan: planned } = await plan(config);
          await applyPlanned(intents, onlyFromFeeds(planned, config.feeds, ids));
        },
      });
    },
    startWorker(network, reload) {
      return startWorker({
        network,
        reload: async () => adopt(await reload()),
        config: () => current,
        endpoint,
        ledger,
        queues,
        journals,
        prefix,
        log,
        clock,
        isRehearsal: rehearsalClock !== undefined,
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
  { redisUrl, dataDir, mayStartRedis, log, rehearsalClock }: Surroundings,
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

/** @throws {ConfigError} if the config is not for the ledger that was opened */
function refuseOtherLedger(config: ConfigFrame, namespace: string): void {
  if (namespaceOf(config) === namespace) return;
  const { file, sandbox } = config;
  const message = `"sandbox" was ${!sandbox} when Carillon started, and is ${sandbox} here. Start Carillon again to change that.`;
  throw new ConfigError([
    { file: relative('', file), line: 1, column: 1, message, severity: 'error' },
  ]);
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

/** Makes a thing again only when what it is made of is another. */
function keepLast<Key, Thing>(make: (key: Key) => Thing): (key: Key) => Thing {
  let last: { readonly key: Key; readonly thing: Thing } | undefined;
  return (key) => {
    if (last === undefined || last.key !== key) last = { key, thing: make(key) };
    return last.thing;
  };
}

function openSession(
  account: Account,
  { requestTimeoutMs, facebook }: SessionSettings,
  { ledger, clock }: Pick<WorkerParts, 'ledger' | 'clock'>,
): Promise<Session> {
  return networkOf(account.network).connect(account, {
    clock,
    requestTimeoutMs,
    media: (hash) => takeMedia(hash, account, ledger),
    facebook,
  });
}

/** Images are kept for a month after a publication has failed: a later retry has to put them back first. */
async function takeMedia(hash: string, { network }: Account, ledger: Ledger): Promise<Buffer> {
  if (await ledger.wantMedia(hash)) return ledger.media(hash);
  throw new RejectedError('An image of the post is no longer in Redis.', {
    code: `${network}:image-gone`,
  });
}

/** A link counts as followed for so long, as it is most often that of several accounts: ahead of time, and when it is due. */
const KEEP_LINKS_MS = { ahead: 60_000, due: 5_000 } as const;

const linkGates = { ahead: keepGates('ahead'), due: keepGates('due') };

/** How links are followed before posts go out; undefined where they are not. */
function keepGates(
  when: keyof typeof KEEP_LINKS_MS,
): (config: ConfigFrame) => LinkGate | undefined {
  const gates = new WeakMap<ConfigFrame, LinkGate>();
  return (config) => {
    if (!config.preflight.isBeforeSending) return undefined;
    const gate = gates.get(config) ?? openLinkGate(config.preflight.allow, KEEP_LINKS_MS[when]);
    gates.set(config, gate);
    return gate;
  };
}

/** Loads what it needs with the first link. */
function openLinkGate(allow: readonly string[], keepMs: number): LinkGate {
  let opened: Promise<(post: Post) => Promise<LinkCheck>> | undefined;
  const open = async () => {
    const [{ openPreflight }, { checkPost }] = await Promise.all([
      import('./preflight/preflight.ts'),
      import('./preflight/check-post.ts'),
    ]);
    const preflight = openPreflight({ allow, keepMs });
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

interface WorkerParts {
  readonly network: string;
  /** Reads the config anew. */
  readonly reload: () => Promise<void>;
  /** As it was adopted last. */
  readonly config: () => ConfigFrame;
  readonly endpoint: RedisEndpoint;
  readonly ledger: Ledger;
  readonly queues: Queues;
  readonly journals: string;
  readonly prefix: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly isRehearsal: boolean;
}

/** How many publications a worker has in hand at once. */
const CONCURRENCY = 20;
const UPKEEP_EVERY_MS = 10_000;
/** A config that lacks an account is not read again sooner than this. */
const RELOAD_EVERY_MS = 5_000;

async function startWorker(parts: WorkerParts): Promise<AsyncDisposable> {
  const { network, ledger, queues, journals, log, clock, isRehearsal } = parts;
  const stopping = new AbortController();
  const flush = isRehearsal ? () => {} : undefined;
  const journal = openJournal(join(journals, `${network}.jsonl`), clock.now, flush);
  const inFlight = new Set<string>();
  const sessions = keepSessions((account, settings) =>
    openSession(account, settings, { ledger, clock }),
  );
  let reloadedAt = 0;

  /** One wake-up has the same settings from its claim to its outcome: its time limits hang together. */
  const publishingOf = (config: ConfigFrame): Publishing => {
    const { accounts, publishing: settings, preflight } = config;
    const linkGate = preflight.mode === 'strict' ? linkGates.due(config) : undefined;
    return {
      ...(linkGate && { linkGate }),
      ledger,
      journal,
      settings,
      clock,
      log,
      sender: thisSender(),
      // A rehearsal goes the same way every time.
      random: isRehearsal ? () => 0.5 : Math.random,
      inFlight,
      stopping: stopping.signal,
      recover: (reason) => recover(ledger, journals, reason, log),
      async accountOf(name) {
        if (!accounts.has(name) && performance.now() - reloadedAt > RELOAD_EVERY_MS) {
          reloadedAt = performance.now();
          await parts.reload().catch(() => undefined);
        }
        const account = accounts.get(name) ?? parts.config().accounts.get(name);
        return (
          account && {
            account,
            isAssisted: networkOf(account.network).isAssisted(account.settings),
          }
        );
      },
      sessionOf: (account) => sessions(account, settings),
    };
  };

  await recoverIfBehind(ledger, journals, log);
  await tellOutcomes(ledger, journal);

  const redis = connectRedis(parts.endpoint, 'worker', { log });
  const worker = startQueueWorker({
    network,
    prefix: parts.prefix,
    connection: redis,
    concurrency: CONCURRENCY,
    handle: ({ publication, generation }) =>
      handleWakeUp(publication, generation, publishingOf(parts.config())),
    enqueue: queues.enqueue,
    countDue: () => queues.countDue(network),
    onError: (error) => log.debug({ reason: String(error) }, 'The queue complains.'),
    log: (message) => log.warn(message),
  });
  const upkeep = setInterval(() => {
    finishRecovery(ledger, journals, log)
      .then(() => discardDrafts(network, publishingOf(parts.config())))
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
