import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { explainFileError } from './data-dir.ts';
import { choosePort, type PrivateEndpoint, readPort } from './endpoint.ts';
import type { ServerProgram } from './find-server.ts';
import { launchServer, type ServerProcess } from './launch-server.ts';
import { probeServer } from './probe-server.ts';
import { RedisUnavailableError } from './redis-errors.ts';
import { repairData } from './repair-data.ts';
import { writeServerConfig } from './server-config.ts';
import { readServerFailure, sayServerFailure } from './server-failure.ts';

/** How long a server may take until it answers; loading its data does not count. */
const startTimeoutMs = 10_000;

/**
 * Starts the server of a data directory and waits until it answers. The caller holds the lock.
 *
 * @throws {RedisUnavailableError} that says what to do
 */
export async function startPrivateServer(options: {
  dataDir: string;
  endpoint: PrivateEndpoint;
  server: ServerProgram;
  lockFd: number;
  log: Log;
  signal: AbortSignal;
}): Promise<ServerProcess> {
  let hasRepaired = false;
  for (let tries = 1; ; tries += 1) {
    const process = await launch(options);
    const ended = await waitUntilReady(process, options);
    if (ended === undefined) return process;
    const failure = readServerFailure(process.lastWords());
    if (failure === 'torn' && !hasRepaired) {
      hasRepaired = true;
      await repair(options);
    } else if (failure === 'port-taken' && options.endpoint.kind === 'port' && tries < 5) {
      await choosePort(options.endpoint.file);
    } else {
      const sentence = sayServerFailure(process.lastWords(), ended, options.dataDir);
      throw new RedisUnavailableError(sentence);
    }
  }
}

async function launch(options: {
  dataDir: string;
  endpoint: PrivateEndpoint;
  server: ServerProgram;
  lockFd: number;
  log: Log;
}): Promise<ServerProcess> {
  const { dataDir, endpoint, server } = options;
  const dir = join(dataDir, 'redis');
  const configFile = join(dir, 'redis.conf');
  const listen =
    endpoint.kind === 'socket'
      ? { socket: endpoint.path }
      : { port: readPort(endpoint) ?? 0, password: endpoint.password };
  try {
    const config = writeServerConfig({ version: server.version, dir, listen });
    await writeFile(configFile, config, { mode: 0o600 });
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
  return launchServer({ file: server.file, configFile, lockFd: options.lockFd, log: options.log });
}

async function repair(options: {
  dataDir: string;
  server: ServerProgram;
  log: Log;
}): Promise<void> {
  try {
    await repairData(options.server, join(options.dataDir, 'redis'), options.log);
  } catch (error) {
    throw explainFileError(error, options.dataDir);
  }
}

/** Answers undefined once the server answers, or why it ended before. */
async function waitUntilReady(
  process: ServerProcess,
  options: { dataDir: string; endpoint: PrivateEndpoint; log: Log; signal: AbortSignal },
): Promise<string | undefined> {
  let ended: string | undefined;
  void process.ended.then((reason) => {
    ended = reason;
  });
  let deadline = performance.now() + startTimeoutMs;
  let sayLoadingAt = performance.now() + 1000;
  while (ended === undefined) {
    const probe = await probeServer(options.endpoint);
    if (probe.state === 'ready') {
      probe.connection.destroy();
      return undefined;
    }
    if (probe.state === 'loading') {
      deadline = performance.now() + startTimeoutMs;
      if (performance.now() > sayLoadingAt) {
        options.log.info('The private Redis reads its data.');
        sayLoadingAt = Number.POSITIVE_INFINITY;
      }
    }
    if (options.signal.aborted || performance.now() > deadline) {
      await process.stop();
      return options.signal.aborted ? 'it was stopped' : 'it did not answer in time';
    }
    await wait(5);
  }
  return ended;
}
