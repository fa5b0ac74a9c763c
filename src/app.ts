import type { AlertStore } from './alerts/alert-store.ts';
import type { Alerts } from './alerts/follow-alerts.ts';
import { archiveOld } from './archive/archive-old.ts';
import { type FoundInArchive, findArchived } from './archive/find-archived.ts';
import type { AlertPage } from './core/alerts.ts';
import { systemClock } from './core/clock.ts';
import type { Config, ConfigFrame } from './core/config.ts';
import type { ConfigReports } from './core/config-report.ts';
import type { CredentialStore } from './core/credentials.ts';
import type { Heartbeats } from './core/heartbeat.ts';
import type { JumpingClock } from './core/jumping-clock.ts';
import { type Log, silentLog } from './core/log.ts';
import type { InArchive, Publication } from './core/publication.ts';
import type { TraceSettings } from './core/tracing.ts';
import type { AccessStore } from './dashboard/access/access-store.ts';
import type { LinkRefused, LinkWish, MadeLink } from './dashboard/access/make-link.ts';
import type { FeedMemory } from './feeds/feed-memory.ts';
import type { AgreedAccounts } from './going-live/agree.ts';
import type { LedgerChanges } from './ledger/changes.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { KnownRetraction } from './ledger/retractions.ts';
import type { LimitRoom } from './ledger/tallies.ts';
import type { Session } from './networks/network.ts';
import { thaw } from './publishing/recover.ts';
import type { Queues } from './queue/queues.ts';
import type { ServerFinding } from './redis/check-server.ts';
import type { Scheduler } from './scheduler/scheduler.ts';
import { type AccountEnd, readAccessEnds } from './wiring/access-ends.ts';
import { archivingOf } from './wiring/archiving.ts';
import type { RestoreOptions, WrittenBackup } from './wiring/backup.ts';
import { type Closing, createClosing } from './wiring/closing.ts';
import {
  type CredentialSurroundings,
  isConnected,
  openCredentialStore,
} from './wiring/credentials.ts';
import type { Examiner } from './wiring/examiner.ts';
import { limitsOf } from './wiring/limits-of.ts';
import { namespaceOf, refuseOtherLedger } from './wiring/namespace.ts';
import { openSession } from './wiring/open-session.ts';
import type { Announce, Planned } from './wiring/planner.ts';
import type { SchedulerWishes } from './wiring/scheduler.ts';
import { openStorage } from './wiring/storage.ts';
import { openTakingBack, takeBackNow } from './wiring/taking-back.ts';
import { startTracing } from './wiring/tracing.ts';

export type { Planned } from './wiring/planner.ts';

/** Where this process stands: what its environment says besides the config. */
export interface Surroundings extends CredentialSurroundings {
  /** A Redis of the user's; undefined: Carillon's own. */
  readonly redisUrl: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  /** False in a process that a supervisor has started, which runs the private Redis itself. */
  readonly mayStartRedis: boolean;
  readonly log: Log;
  /** Where traces go; missing for nowhere. */
  readonly traces?: TraceSettings | undefined;
  /** A text without the secrets that this process knows. */
  readonly hideSecrets?: (text: string) => string;
  /** Only in a rehearsal: whose time counts for everything, the ledger in its own Redis included. */
  readonly rehearsalClock?: JumpingClock;
}

/** Carillon, put together around one config. Disposing it closes its connections, and its own Redis if it runs it. */
export interface App extends AsyncDisposable, Examiner {
  /** As it was adopted last. */
  readonly config: ConfigFrame;
  readonly ledger: Ledger;
  /** What gives access to the accounts. */
  readonly credentials: CredentialStore;
  /** What feeds have given so far. */
  readonly feedMemory: FeedMemory;
  /** Where a scheduler says that its config cannot be used. */
  readonly configReports: ConfigReports;
  /** Which parts are there. */
  readonly heartbeats: Heartbeats;
  /** Where somebody has agreed that it posts for real. */
  readonly agreedAccounts: AgreedAccounts;
  readonly queues: Queues;
  /** What people were alerted to, and what has not got through. */
  readonly alertStore: Pick<AlertStore, 'troubles' | 'waiting'>;
  /** Which publications change, over a connection of its own. */
  followChanges(): LedgerChanges;
  /** Makes a link of the dashboard that lets whoever holds it do one thing without entering, or says why not. */
  makeLink(wish: LinkWish): Promise<MadeLink | LinkRefused>;
  /** What the dashboard remembers of its visitors. */
  readonly dashboardAccess: AccessStore;
  /** What keeps the Redis from being a safe place for the ledger. */
  readonly redisFindings: readonly ServerFinding[];
  /** What apply would do. @throws {ConfigError} if a post cannot go out as it stands */
  plan(config: Config): Promise<Planned>;
  /** Makes ledger and queues match the config; `announce` is told before. @throws {ConfigError} as `plan` */
  apply(config: Config, announce?: Announce): Promise<Planned>;
  /**
   * Goes on with the accounts and settings of a config that was read again; what is under way ends as it began.
   * @throws {ConfigError} if it belongs to the other ledger: that of the sandbox, or that of the real networks
   */
  adopt(config: ConfigFrame): void;
  /** Makes a job for everything that waits for one, at once. */
  putBackJobs(): Promise<void>;
  /** Does what the scheduler does every second. */
  sweep(): Promise<void>;
  /**
   * False if nothing can go out on the account before somebody connects it: neither the environment nor the store has
   * tokens for it. @throws {PublishError} if that cannot be told now
   */
  isConnected(account: string): Promise<boolean>;
  /** When access to the accounts ends, as far as is known. */
  accessEnds(): Promise<readonly AccountEnd[]>;
  /** How many posts the limits of the accounts have room for. */
  limitRooms(): Promise<readonly LimitRoom[]>;
  /** Opens a session with an account, to read it back. */
  sessionOf(account: string): Promise<Session | undefined>;
  /** Looks a publication up in the archive of this host. */
  findArchived(name: string, where: InArchive): Promise<FoundInArchive>;
  /** Moves what ended before this time to the archive of this host. Answers how many, and into which folder. */
  archive(before: number): Promise<{ readonly archived: number; readonly folder: string }>;
  /** Writes all that Carillon remembers in Redis to a file. */
  backUp(file: string): Promise<WrittenBackup>;
  /** Puts a backup in the place of the ledger, frozen until `finishRestore` of an app that is opened after it. */
  restore(file: string, options: RestoreOptions): Promise<{ readonly at: number }>;
  finishRestore(): Promise<void>;
  /** Deletes or corrects a publication at once, if the ledger has been told to: see Retractions. */
  takeBackNow(publication: Pick<Publication, 'publication' | 'network'>): Promise<void>;
  /** Writes down on this host that a person has deleted it, so that a ledger that loses this is told. */
  noteRetraction(retraction: KnownRetraction): void;
  thaw(by: string): Promise<boolean>;
  startScheduler(options?: SchedulerWishes): Promise<Scheduler>;
  /**
   * Alerts the people of the config until it is disposed, unless another process does. `linkTo` gives the address of a
   * page of the dashboard, where it is known.
   */
  startAlerts(options: { linkTo(page: AlertPage): string | undefined }): Promise<Alerts>;
  /**
   * Asks the feeds of the config, as `current` gives it, and lets go out what is new in them, until it is disposed.
   * Only one process does, so the others give no config. `current` answers the same object for the same config.
   */
  startFeeds(
    current: () => Config | undefined,
    options?: { readonly tickMs?: number },
  ): Promise<AsyncDisposable>;
  /** Publishes for one network until it is disposed; `reload` gives the config as it is by then. */
  startWorker(network: string, reload: () => Promise<ConfigFrame>): Promise<AsyncDisposable>;
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
  const isRehearsal = rehearsalClock !== undefined;
  const namespace = namespaceOf(config);
  const tracing = isRehearsal ? undefined : await startTracing(surroundings, closing);
  const storage = await openStorage(namespace, { ...surroundings, tracing }, closing);
  const { ledger, queues, journals } = storage;
  const credentials = openCredentialStore(namespace, storage, surroundings, clock);
  // What only some processes do is loaded by these alone.
  const planner = keepFirst(async () => {
    const { openPlanner } = await import('./wiring/planner.ts');
    return openPlanner({ namespace, dataDir, storage, log });
  });
  const backups = () => import('./wiring/backup.ts');
  const scheduling = { config: () => current, storage, clock, log };

  let current = config;
  const adopt = (frame: ConfigFrame): void => {
    refuseOtherLedger(frame, namespace);
    current = frame;
  };

  const archiving = archivingOf(storage);
  const sessionOf = async (name: string) => {
    const account = current.accounts.get(name);
    return account && openSession(account, current.publishing, { ledger, clock, credentials });
  };
  const takingBack = () => {
    const stopping = new AbortController().signal;
    const settings = current.publishing;
    // Who asked for it is told by the record: only what that does not show is for the log.
    const quiet = { ...silentLog, error: log.error.bind(log) };
    return openTakingBack({ storage, settings, clock, log: quiet, stopping, sessionOf });
  };

  return {
    get config() {
      return current;
    },
    ledger,
    credentials,
    feedMemory: storage.feedMemory,
    configReports: storage.configReports,
    heartbeats: storage.heartbeats,
    agreedAccounts: storage.agreedAccounts,
    queues,
    alertStore: storage.alertStore,
    followChanges: storage.followChanges,
    async makeLink(wish) {
      const { makeLink } = await import('./dashboard/access/make-link.ts');
      return makeLink(wish, {
        ledger,
        store: storage.dashboardAccess,
        accountOf: (name) => current.accounts.get(name),
      });
    },
    dashboardAccess: storage.dashboardAccess,
    redisFindings: storage.redisFindings,
    plan: async (whole) => (await planner()).plan(whole),
    apply: async (whole, announce) => (await planner()).apply(whole, announce),
    adopt,
    async putBackJobs() {
      const { putBackAllJobs } = await import('./scheduler/sweep.ts');
      await putBackAllJobs({ ledger, queues, log, settings: current.publishing });
    },
    sweep: async () => (await import('./wiring/scheduler.ts')).sweepOnce(scheduling),
    thaw: (by) => thaw(ledger, journals, by),
    async isConnected(name) {
      const account = current.accounts.get(name);
      return account !== undefined && isConnected(account, credentials);
    },
    accessEnds: () => readAccessEnds(current.accounts.values(), credentials, storage.examinations),
    limitRooms: () =>
      ledger.limitRooms(
        [...current.accounts.values()].map((account) => ({
          account: account.name,
          limits: limitsOf(account),
        })),
      ),
    sessionOf,
    findArchived: (name, where) => findArchived(archiving.folder, name, where),
    archive: async (before) => ({
      archived: await archiveOld(before, archiving),
      folder: archiving.folder,
    }),
    backUp: async (file) => (await backups()).backUp(file, namespace, storage),
    restore: async (file, options) => (await backups()).restore(file, namespace, options, storage),
    finishRestore: async () => (await backups()).finishRestore(storage, log),
    takeBackNow: (publication) => takeBackNow(publication, takingBack()),
    noteRetraction: (retraction) => takingBack().note(retraction),
    examinations: storage.examinations,
    async examine(options) {
      const { openExaminer } = await import('./wiring/examiner.ts');
      const examiner = openExaminer({
        config: () => current,
        storage,
        dataDir,
        clock,
        credentials,
      });
      return examiner.examine(options);
    },
    startScheduler: async (options) =>
      (await import('./wiring/scheduler.ts')).openScheduler(scheduling, options),
    startAlerts: async ({ linkTo }) =>
      (await import('./wiring/alerts.ts')).startAlerts({
        ...{ config: () => current, storage, log, linkTo },
      }),
    async startFeeds(whole, options) {
      const { startFeeds } = await import('./wiring/feeds.ts');
      const beside = { planner: await planner(), storage, dataDir, log };
      return startFeeds({ ...options, ...beside, config: whole });
    },
    async startWorker(network, reload) {
      const { startWorker } = await import('./wiring/worker.ts');
      return startWorker({
        network,
        reload: async () => adopt(await reload()),
        config: () => current,
        storage,
        credentials,
        log,
        clock,
        isRehearsal,
      });
    },
    [Symbol.asyncDispose]: () => closing.close(),
  };
}

/** Does the work at the first call, and gives its result at every later one. */
function keepFirst<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let first: Promise<Result> | undefined;
  return () => {
    first ??= work();
    return first;
  };
}
