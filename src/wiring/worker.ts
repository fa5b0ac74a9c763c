import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { ConfigFrame } from '../core/config.ts';
import type { CredentialStore } from '../core/credentials.ts';
import { BEAT_EVERY_MS } from '../core/heartbeat.ts';
import { USUAL_KEEP_MS } from '../core/keep.ts';
import { describeError, type Log } from '../core/log.ts';
import { thisSender } from '../core/sender.ts';
import { termsOf } from '../costs/terms.ts';
import { openJournal } from '../ledger/journal.ts';
import { networkOf } from '../networks/registry.ts';
import { correctDue } from '../publishing/correct.ts';
import { discardDrafts } from '../publishing/discard.ts';
import { handleWakeUp } from '../publishing/handle-wake-up.ts';
import { openLimitReports } from '../publishing/limit-reports.ts';
import type { Publishing } from '../publishing/publishing.ts';
import { attendRecovery, recover, recoverIfBehind, tellOutcomes } from '../publishing/recover.ts';
import { retractDue } from '../publishing/retract.ts';
import { keepSessions } from '../publishing/sessions.ts';
import { startQueueWorker } from '../queue/worker.ts';
import { connectRedis } from '../redis/connect.ts';
import { startHeart } from './heart.ts';
import { openJournalKeeper } from './journal-keeper.ts';
import { limitsOf } from './limits-of.ts';
import { linkGates } from './link-gates.ts';
import { openSession } from './open-session.ts';
import type { Storage } from './storage.ts';
import { openTakingBack } from './taking-back.ts';

interface WorkerParts {
  readonly network: string;
  /** Reads the config anew. */
  readonly reload: () => Promise<void>;
  /** As it was adopted last. */
  readonly config: () => ConfigFrame;
  readonly storage: Storage;
  readonly credentials: CredentialStore;
  readonly log: Log;
  readonly clock: Clock;
  readonly isRehearsal: boolean;
}

/** How many publications a worker has in hand at once. */
const CONCURRENCY = 20;
const UPKEEP_EVERY_MS = 10_000;
const ATTEND_EVERY_MS = 1_000;
/** A config that lacks an account is not read again sooner than this. */
const RELOAD_EVERY_MS = 5_000;

/** Publishes for one network until it is disposed. */
export async function startWorker(parts: WorkerParts): Promise<AsyncDisposable> {
  const { network, storage, log, clock, isRehearsal, credentials } = parts;
  const { ledger, queues, journals } = storage;
  const stopping = new AbortController();
  const flush = isRehearsal ? async () => {} : undefined;
  const journalFile = join(journals, `${network}.jsonl`);
  const journal = openJournal(journalFile, clock.now, flush);
  const inFlight = new Set<string>();
  const sessions = keepSessions((account, settings) =>
    openSession(account, settings, {
      ...{ ledger, clock, credentials },
      sawLimit: (sighting) => reports.saw(account.name, sighting),
    }),
  );
  const reports = openLimitReports(
    (name, sightings) => ledger.sawLimits(name, appOf(name), sightings),
    (error) => log.debug({ reason: String(error) }, 'A limit could not be told.'),
  );
  const appOf = (name: string): string | undefined => {
    const account = parts.config().accounts.get(name);
    return account && limitsOf(account).app;
  };
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
      tracing: storage.tracing,
      stopping: stopping.signal,
      recover: (reason) => recover(ledger, journals, reason, log, quietMs()),
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
            limits: limitsOf(account),
            terms: termsOf(account, config, clock.now()),
          }
        );
      },
      tellLimits: reports.tell,
      sessionOf: (account) => sessions(account, settings),
    };
  };

  await networkOf(network).loadSessions();
  const quietMs = () => storage.quietMs(parts.config().publishing);
  await recoverIfBehind(ledger, journals, log, quietMs());
  await tellOutcomes(ledger, journal);

  const heart = startHeart(storage.heartbeats, { part: 'worker', network, by: thisSender() }, log);
  heart.beat();
  const beating = setInterval(heart.beat, BEAT_EVERY_MS);
  beating.unref();

  const redis = connectRedis(storage.endpoint, 'worker', { log });
  const worker = startQueueWorker({
    network,
    prefix: storage.prefix,
    connection: redis,
    concurrency: CONCURRENCY,
    handle: ({ publication, generation }) =>
      handleWakeUp(publication, generation, publishingOf(parts.config())),
    enqueue: queues.enqueue,
    countDue: () => queues.countDue(network),
    onError: (error) => log.debug({ reason: String(error) }, 'The queue complains.'),
    log: (fields, message) => log.warn(fields, message),
    telemetry: storage.tracing?.telemetry,
    onReplaced: () =>
      void ledger
        .countReplacement(network)
        .catch((error: unknown) =>
          log.debug({ reason: String(error) }, 'It could not be counted.'),
        ),
  });
  /** What was begun elsewhere and broken off, or what a network has put off. */
  const takeBack = async (): Promise<void> => {
    const { accountOf, sessionOf, settings } = publishingOf(parts.config());
    const takingBack = openTakingBack({
      ...{ storage, settings, clock, log, stopping: stopping.signal },
      async sessionOf(name) {
        const known = await accountOf(name);
        return known && sessionOf(known.account);
      },
    });
    await retractDue(network, takingBack);
    await correctDue(network, takingBack);
  };
  let isAttending = false;
  const attending = setInterval(() => {
    if (isAttending) return;
    isAttending = true;
    attendRecovery(ledger, journals, log, quietMs() || undefined)
      .catch((error: unknown) => log.debug({ reason: String(error) }, 'The ledger is away.'))
      .finally(() => {
        isAttending = false;
      });
  }, ATTEND_EVERY_MS);
  attending.unref();
  const keepJournal = openJournalKeeper({
    ...{ file: journalFile, ledger, log },
    keepMs: () => parts.config().keepMs ?? USUAL_KEEP_MS,
  });
  const upkeep = setInterval(() => {
    keepJournal();
    discardDrafts(network, publishingOf(parts.config())).catch((error: unknown) =>
      log.debug({ reason: String(error) }, 'The upkeep failed.'),
    );
    takeBack().catch((error: unknown) => log.warn(describeError(error), 'It is tried again.'));
  }, UPKEEP_EVERY_MS);
  upkeep.unref();

  return {
    async [Symbol.asyncDispose]() {
      clearInterval(upkeep);
      clearInterval(attending);
      clearInterval(beating);
      stopping.abort();
      await worker[Symbol.asyncDispose]();
      await heart[Symbol.asyncDispose]();
      redis.disconnect();
      journal.close();
    },
  };
}
