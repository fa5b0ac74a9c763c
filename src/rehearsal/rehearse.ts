import { type App, openApp } from '../app.ts';
import type { Config } from '../core/config.ts';
import { createJumpingClock } from '../core/jumping-clock.ts';
import type { Log } from '../core/log.ts';
import { startSandbox } from '../sandbox/server.ts';
import { playThrough } from './play-through.ts';
import { readRehearsal } from './read-rehearsal.ts';
import type { Rehearsal } from './rehearsed.ts';
import { type RehearsedFault, setFaults } from './set-faults.ts';
import { talkToSandbox } from './talk-to-sandbox.ts';

export interface RehearsalOptions {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Where everything is kept while it lasts; the caller removes it. */
  readonly directory: string;
  readonly faults: readonly RehearsedFault[];
  readonly log: Log;
  /** Aborts when the rehearsal is to end early. */
  readonly signal: AbortSignal;
  /** Told where the rehearsal is, after each jump. */
  readonly follow?: (now: number) => void;
}

/**
 * Plays what a config asks for, between two instants, with the real ledger, queues, workers and network sessions,
 * against a sandbox of its own and in a Redis of its own. Only time is played: it jumps from event to event.
 * Nothing reaches a real network, whatever the config says.
 */
export async function rehearse(config: Config, options: RehearsalOptions): Promise<Rehearsal> {
  const { from, to, directory, log, signal } = options;
  const clock = createJumpingClock(from);
  await clock.follow(async (now) => options.follow?.(now));
  const sandbox = await startSandbox({ port: 0, now: clock.now });
  try {
    await setFaults(sandbox.url, options.faults);
    const played = talkToSandbox(withoutPast(config, from), sandbox.url);
    await using app = await openApp(played, {
      ...{ redisUrl: undefined, dataDir: directory, mayStartRedis: true, log },
      rehearsalClock: clock,
    });
    await using _workers = await startWorkers(app, played);
    await playThrough(app, { config: played, clock, to, signal });
    return await readRehearsal(app, {
      ...{ from, to, timezone: config.timezone, sandboxUrl: sandbox.url },
      entriesBefore: config.entries.length - played.entries.length,
    });
  } finally {
    await sandbox.close();
  }
}

/** What was to go out before is none of the rehearsal's business. */
function withoutPast(config: Config, from: number): Config {
  const entries = config.entries.filter(({ at }) => !('instant' in at) || at.instant >= from);
  return { ...config, entries };
}

async function startWorkers(app: App, config: Config): Promise<AsyncDisposable> {
  const networks = new Set([...config.accounts.values()].map(({ network }) => network));
  const workers = await Promise.all(
    [...networks].map((network) => app.startWorker(network, async () => config)),
  );
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
    },
  };
}
