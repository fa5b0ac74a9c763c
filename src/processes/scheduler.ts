import { readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { openApp } from '../app.ts';
import { untilShutdown } from '../core/shutdown.ts';
import { announceReady, openProcessLog, surroundingsOf, warnAboutRedis } from './process.ts';

/** Applies the config, then keeps queue and ledger in step, in this process, until it is told to stop. */
export async function runScheduler(configFile: string | undefined): Promise<void> {
  const environment = await readEnvironment();
  const { config } = await loadConfig({ file: configFile });
  const log = openProcessLog('scheduler', config);
  const stop = untilShutdown();

  await using app = await openApp(config, surroundingsOf(environment, log));
  warnAboutRedis(app, log);
  const { plan } = await app.apply(config);
  log.info({ changes: plan.changes.length, unchanged: plan.unchanged }, 'The config is applied.');
  await using _scheduler = app.startScheduler();
  announceReady();
  log.info(`Stopping: ${await stop}.`);
}
