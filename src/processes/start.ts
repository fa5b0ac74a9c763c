import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Environment, environmentForPart, readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import type { Config, ConfigFrame } from '../core/config.ts';
import { refuseOpenDashboard } from '../core/dashboard-access.ts';
import type { Log } from '../core/log.ts';
import { untilShutdown } from '../core/shutdown.ts';
import { readVersion } from '../core/version.ts';
import { createPrettyLine } from '../logging/pretty.ts';
import { openPrivateRedis } from '../redis/private-redis.ts';
import { type Supervisor, supervise } from '../supervisor/supervise.ts';
import { followConfig } from './follow-config.ts';
import { openProcessLog } from './process.ts';

/** Runs everything, each part as a process of its own, until it is told to stop. Says so in a few lines on `say`. */
export async function start(
  configFile: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  const startedAt = performance.now();
  const environment = await readEnvironment();
  // Asked before anything runs: the dashboard would only say it when the rest is up.
  refuseOpenDashboard(environment.dashboardHost, environment.dashboardPassword !== undefined);
  const { config, warnings } = await loadConfig({ file: configFile });
  const log = openProcessLog('start', config);
  const stop = untilShutdown();

  say(`Carillon ${readVersion()}`);
  say(`  config     ${describeConfig(config)}`);
  for (const { message } of warnings) say(`             ${message}`);
  await using _redis = await openOwnRedis(environment, log);
  say(`  redis      ${describeRedis(environment)}`);

  const args = configFile === undefined ? [] : ['--config', configFile];
  if (config.sandbox) {
    await using sandbox = run([part('sandbox', ['sandbox'])], log);
    await Promise.race([sandbox.settled, stop]);
    say(`  sandbox    http://127.0.0.1:${environment.sandboxPort}  what followers see`);
    await runParts();
  } else {
    await runParts();
  }

  async function runParts(): Promise<void> {
    const networks = networksOf(config);
    await using parts = run(
      [
        ...networks.map((network) => workerOf(network)),
        part('scheduler', ['scheduler', ...args]),
        part('dashboard', ['dashboard', ...args]),
      ],
      log,
    );
    await using _later = runLater(networks);
    await Promise.race([parts.settled, stop]);
    const { dashboardHost, dashboardPort } = environment;
    say(`  dashboard  http://${dashboardHost}:${dashboardPort}  queues and publications`);
    say(`Ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s. Stop with Ctrl-C.`);
    await stop;
    say('Stopping.');
  }

  function workerOf(network: string) {
    return part(`worker ${network}`, ['worker', network, ...args]);
  }

  /** Runs a worker for each network that only a config saved later has an account on. */
  function runLater(networks: readonly string[]): AsyncDisposable {
    const served = new Set(networks);
    const supervisors: Supervisor[] = [];
    const following = followConfig(configFile, {
      log,
      adopt(saved) {
        log.learnSecrets(saved);
        for (const network of networksOf(saved)) {
          if (served.has(network) || saved.sandbox !== config.sandbox) continue;
          served.add(network);
          supervisors.push(run([workerOf(network)], log));
        }
      },
    });
    return {
      async [Symbol.asyncDispose]() {
        following[Symbol.dispose]();
        await Promise.all(supervisors.map((supervisor) => supervisor.stop()));
      },
    };
  }
}

function networksOf({ accounts }: ConfigFrame): readonly string[] {
  return [...new Set([...accounts.values()].map(({ network }) => network))];
}

function run(parts: Parameters<typeof supervise>[0], log: Log): Supervisor {
  return supervise(parts, {
    log,
    onLine: tellLine(),
  });
}

/** Lines of the parts are for people on a terminal, and as they are elsewhere. */
function tellLine(): (part: string, stream: string, line: string) => void {
  const { stderr } = process;
  if (!stderr.isTTY) return (_part, _stream, line) => stderr.write(`${line}\n`);
  const pretty = createPrettyLine({ colors: stderr.hasColors() });
  return (part, _stream, line) => stderr.write(pretty(line, part));
}

function part(name: string, args: readonly string[]) {
  const main = fileURLToPath(new URL(`../cli/main${extension}`, import.meta.url));
  return {
    name,
    command: process.execPath,
    args: [...process.execArgv, main, ...args],
    env: environmentForPart(),
  };
}

/** `.js` once built; `.ts` where the sources run themselves. */
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

async function openOwnRedis(
  { redisUrl, dataDir }: Environment,
  log: Log,
): Promise<AsyncDisposable> {
  if (redisUrl !== undefined) return { [Symbol.asyncDispose]: async () => {} };
  return openPrivateRedis({ dataDir, log, mayStart: true, install: true });
}

function describeConfig({ file, entries, accounts, sandbox }: Config): string {
  const where = sandbox ? 'the sandbox' : 'the real networks';
  return `${pathForPeople(file)}: ${entries.length} entries for ${accounts.size} accounts on ${where}`;
}

function describeRedis({ redisUrl, dataDir }: Environment): string {
  if (redisUrl === undefined) return `its own, in ${pathForPeople(dataDir)}`;
  const { protocol, host } = new URL(redisUrl);
  return `${protocol}//${host}`;
}

/** As short as it can be understood: relative if it lies below the working directory. */
function pathForPeople(path: string): string {
  const short = relative('', path);
  return short === '' || short.startsWith('..') ? path : short;
}
