import { readEnvironment } from '../../config/environment.ts';
import { openApp } from '../app.ts';
import type { ConfigFrame } from '../core/config.ts';
import { untilShutdown } from '../core/shutdown.ts';
import { followConfig } from './follow-config.ts';
import { announceReady, openProcessLog, surroundingsOf, warnAboutRedis } from './process.ts';
import { readApart } from './read-apart.ts';

/** Publishes for one network, in this process, until it is told to stop. */
export async function runWorker(network: string, configFile: string | undefined): Promise<void> {
  const environment = await readEnvironment();
  const { found, marks: since } = await readApart('frame', configFile);
  const config = found();
  const log = openProcessLog(`worker ${network}`, config);
  const stop = untilShutdown();

  await using app = await openApp(config, surroundingsOf(environment, log));
  warnAboutRedis(app, log);
  const adopt = (next: ConfigFrame) => {
    log.learnSecrets(next);
    app.adopt(next);
  };
  using _following = followConfig(configFile, { log, adopt, since });
  await using _worker = await app.startWorker(network, async () =>
    (await readApart('frame', configFile)).found(),
  );
  log.info(`Publishing to ${network}.`);
  announceReady();
  log.info(`Stopping: ${await stop}.`);
}
