import { setTimeout as wait } from 'node:timers/promises';
import { readEnvironment } from '../../config/environment.ts';
import { loadConfig, loadFrame } from '../../config/load.ts';
import { type App, openApp } from '../app.ts';
import type { Config } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import { ConfigError, formatProblem } from '../core/problem.ts';
import { shutdownSignal } from '../core/shutdown.ts';
import { announceReady, openProcessLog, surroundingsOf, warnAboutRedis } from './process.ts';

const APPLY_AGAIN_MS = 60_000;

/** Applies the config, and keeps queue and ledger in step, in this process, until it is told to stop. */
export async function runScheduler(configFile: string | undefined): Promise<void> {
  const environment = await readEnvironment();
  const frame = await loadFrame({ file: configFile });
  const log = openProcessLog('scheduler', frame);
  const { stop, stopped } = shutdownSignal();

  await using app = await openApp(frame, surroundingsOf(environment, log));
  warnAboutRedis(app, log);
  let current = await tryToApply(app, configFile, log);
  await using _scheduler = app.startScheduler();
  await using _feeds = app.startFeeds(() => current);
  announceReady();
  if (!current) current = await applyWhenMended(app, configFile, stopped, log);
  log.info(`Stopping: ${await stop}.`);
}

/** A config that cannot be used changes nothing, and does not keep what was applied before from going out. */
async function tryToApply(
  app: App,
  file: string | undefined,
  log: Log,
): Promise<Config | undefined> {
  try {
    const { config } = await loadConfig({ file });
    const { plan } = await app.apply(config);
    const { changes, unchanged } = plan;
    log.info({ changes: changes.length, unchanged }, 'The config is applied.');
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) log.error(formatProblem(problem));
    log.error('The config is not applied; what was applied before goes on.');
    return undefined;
  }
}

async function applyWhenMended(
  app: App,
  file: string | undefined,
  stopped: AbortSignal,
  log: Log,
): Promise<Config | undefined> {
  let applied: Config | undefined;
  do {
    await wait(APPLY_AGAIN_MS, undefined, { signal: stopped }).catch(() => undefined);
    if (!stopped.aborted) applied = await tryToApply(app, file, log);
  } while (!stopped.aborted && applied === undefined);
  return applied;
}
