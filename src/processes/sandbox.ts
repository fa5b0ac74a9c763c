import { join } from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import { shutdownSignal } from '../core/shutdown.ts';
import { createLog } from '../logging/log.ts';
import { startSandbox } from '../sandbox/server.ts';
import { announceReady } from './process.ts';
import { startOrShare } from './share-port.ts';

/** Plays the three networks, in this process, until it is told to stop. */
export async function runSandbox(): Promise<void> {
  const { sandboxPort: port, dataDir } = await readEnvironment();
  const log = createLog({ part: 'sandbox' });
  const { stop, stopped } = shutdownSignal();
  const say = (line: string) => log.info(line);

  const sandbox = await startOrShare({
    url: `http://127.0.0.1:${port}`,
    kind: 'sandbox',
    variable: 'CARILLON_SANDBOX_PORT',
    log,
    stopped,
    start: () => startSandbox({ port, dataDir: join(dataDir, 'sandbox'), log: say }),
  });
  if (sandbox === undefined) return;
  log.info({ url: sandbox.url }, 'The sandbox plays X, Facebook and YouTube.');
  announceReady(sandbox.url);
  await stop;
  await sandbox.close();
}
