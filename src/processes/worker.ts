import { readEnvironment } from '../../config/environment.ts';
import { loadFrame } from '../../config/load.ts';
import { openApp } from '../app.ts';
import type { ConfigFrame } from '../core/config.ts';
import { untilShutdown } from '../core/shutdown.ts';
import { followConfig } from './follow-config.ts';
import { announceReady, openProcessLog, surroundingsOf, warnAboutRedis } from './process.ts';

/** Publishes for one network, in this process, until it is told to stop. */
export async function runWorker(network: string, configFile: string | undefined): Promise<void> {
  const environment = await readEnvironment();
  const load = () => loadFrame({ file: configFile });
  const config = await load();
  const log = openProcessLog(`worker ${network}`, config);
  const stop = untilShutdown();

  await using app = await openApp(config, surroundingsOf(environment, log));
  warnAboutRedis(app, log);
  const adopt = (next: ConfigFrame) => {
    log.learnSecrets(next);
    app.adopt(next);
  };
  using _following = followConfig(configFile, { log, adopt });
  await using _worker = await app.startWorker(network, load);
  log.info(`Publishing to ${network}.`);
  announceReady();
  log.info(`Stopping: ${await stop}.`);
}
