import { relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Environment, environmentForPart, readEnvironment } from '../../config/environment.ts';
import type { Surroundings } from '../app.ts';
import type { ConfigFrame } from '../core/config.ts';
import { refuseOpenDashboard, requireDashboardSettings } from '../core/dashboard-access.ts';
import type { Log } from '../core/log.ts';
import { ConfigError } from '../core/problem.ts';
import { untilShutdown } from '../core/shutdown.ts';
import { readVersion } from '../core/version.ts';
import { agreeToPost } from '../going-live/agree.ts';
import { findDueAtOnce } from '../going-live/due-at-once.ts';
import { realAccountsOf, sayRealAccounts } from '../going-live/real-accounts.ts';
import { createPrettyLine } from '../logging/pretty.ts';
import { openPrivateRedis } from '../redis/private-redis.ts';
import { describeRedisUrl } from '../redis/redis-url.ts';
import { type Supervisor, supervise } from '../supervisor/supervise.ts';
import { followConfig } from './follow-config.ts';
import { openProcessLog, type ProcessLog, surroundingsOf } from './process.ts';
import { readApart } from './read-apart.ts';

export interface StartOptions {
  /** Takes a line for people. */
  say(line: string): void;
  /** True if the call itself agrees that it posts for real. */
  readonly saysYes: boolean;
  /** Asks a person yes or no; undefined if there is none to ask. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Runs everything, each part as a process of its own, until it is told to stop. Says so in a few lines on `say`.
 *
 * @returns false if it was not to begin
 * @throws {NotAgreedError} if nobody has agreed that it posts for real, and there is nobody to ask
 */
export async function start(
  configFile: string | undefined,
  options: StartOptions,
): Promise<boolean> {
  const { say } = options;
  const startedAt = performance.now();
  const environment = await readEnvironment();
  const { found, marks: since } = await readApart('outline', configFile);
  const { frame: config, entries, warnings } = found();
  // Asked before anything runs: the dashboard would only say it when the rest is up.
  refuseOpenDashboard(environment.dashboardHost, requireDashboardSettings(config.dashboard));
  const log = openProcessLog('start', config);
  const stop = untilShutdown();

  say(`Carillon ${readVersion()}`);
  say(`  config     ${describeConfig(config, entries)}`);
  for (const { message } of warnings) say(`             ${message}`);
  // It needs nothing of the others, and comes up meanwhile.
  await using sandbox = config.sandbox ? run([part('sandbox', ['sandbox'])], log) : undefined;
  await using _redis = await openOwnRedis(environment, log);
  say(`  redis      ${describeRedis(environment)}`);
  const isAgreed = Promise.race([
    agree(config, configFile, surroundingsOf(environment, log), options),
    stop.then(() => false),
  ]);
  if (!(await isAgreed)) {
    say('Nothing is started, and nothing was posted.');
    return false;
  }

  let saidLast = '';
  const args = configFile === undefined ? [] : ['--config', configFile];
  if (sandbox !== undefined) {
    await Promise.race([sandbox.settled, stop]);
    say(`  sandbox    http://127.0.0.1:${environment.sandboxPort}  what followers see`);
  }
  await runParts();
  return true;

  async function runParts(): Promise<void> {
    const networks = networksOf(config);
    await using parts = run(
      [part('scheduler', ['scheduler', ...args]), ...networks.map((network) => workerOf(network))],
      log,
    );
    await using _later = runLater(networks);
    // Nobody looks before there is anything to see, and the processors are busy.
    await Promise.race([parts.settled, stop, wait(MOST_AHEAD_MS, undefined, { ref: false })]);
    await using dashboard = run([part('dashboard', ['dashboard', ...args])], log);
    await Promise.race([Promise.all([parts.settled, dashboard.settled]), stop]);
    const { dashboardHost, dashboardPort } = environment;
    say(`  dashboard  http://${dashboardHost}:${dashboardPort}  queues and publications`);
    say(`Ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s. Stop with Ctrl-C.`);
    await stop;
    say('Stopping.');
    await Promise.all([dashboard.stop(), parts.stop()]);
  }

  function sayNewAccounts(saved: ConfigFrame): void {
    const before = new Set(realAccountsOf(config.accounts.values()).map(({ mark }) => mark));
    const found = realAccountsOf(saved.accounts.values()).filter(({ mark }) => !before.has(mark));
    const line = sayRealAccounts(found);
    if (line !== '' && line !== saidLast && saved.sandbox === config.sandbox) {
      say(`The config was saved with more accounts. ${line}`);
    }
    saidLast = line;
  }

  function workerOf(network: string) {
    return part(`worker ${network}`, ['worker', network, ...args]);
  }

  /** Runs a worker for each network that only a config saved later has an account on. */
  function runLater(networks: readonly string[]): AsyncDisposable {
    const served = new Set(networks);
    const supervisors: Supervisor[] = [];
    const following = followConfig(configFile, {
      ...{ log, since },
      adopt(saved) {
        log.learnSecrets(saved);
        sayNewAccounts(saved);
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

/** The dashboard does not wait longer for the other parts: it shows what is wrong with them. */
const MOST_AHEAD_MS = 4_000;

/** Whether it may post where the config says: see agreeToPost. The sandbox is nobody's business. */
async function agree(
  config: ConfigFrame,
  configFile: string | undefined,
  surroundings: Surroundings,
  options: StartOptions,
): Promise<boolean> {
  const accounts = realAccountsOf(config.accounts.values());
  if (accounts.length === 0) return true;
  const { openApp } = await import('../app.ts');
  await using app = await openApp(config, { ...surroundings, mayStartRedis: false });
  return await agreeToPost(accounts, {
    ...options,
    agreed: app.agreedAccounts,
    async findDue() {
      try {
        const { loadConfig } = await import('../../config/load.ts');
        const { plan } = await app.plan((await loadConfig({ file: configFile })).config);
        const [records, now] = await Promise.all([app.ledger.list(), app.ledger.now()]);
        return findDueAtOnce(plan.changes, records, now);
      } catch (error) {
        // The scheduler says what is wrong, and applies nothing until it is mended.
        if (error instanceof ConfigError) return undefined;
        throw error;
      }
    },
  });
}

function networksOf({ accounts }: ConfigFrame): readonly string[] {
  return [...new Set([...accounts.values()].map(({ network }) => network))];
}

function run(parts: Parameters<typeof supervise>[0], log: ProcessLog): Supervisor {
  return supervise(parts, {
    log,
    onLine: tellLine((line) => log.hideInText(line)),
  });
}

/** Lines of the parts are for people on a terminal, and as they are elsewhere. The last words of one may be anything. */
function tellLine(
  hide: (line: string) => string,
): (part: string, stream: string, line: string) => void {
  const { stderr } = process;
  const clean = (line: string) => (line.startsWith('{') ? line : hide(line));
  if (!stderr.isTTY) return (_part, _stream, line) => stderr.write(`${clean(line)}\n`);
  const pretty = createPrettyLine({ colors: stderr.hasColors() });
  return (part, _stream, line) => stderr.write(pretty(clean(line), part));
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

function describeConfig({ file, accounts, sandbox }: ConfigFrame, entries: number): string {
  const where = sandbox ? 'the sandbox' : 'the real networks';
  return `${pathForPeople(file)}: ${entries} entries for ${accounts.size} accounts on ${where}`;
}

function describeRedis({ redisUrl, dataDir }: Environment): string {
  if (redisUrl === undefined) return `its own, in ${pathForPeople(dataDir)}`;
  return describeRedisUrl(redisUrl);
}

/** As short as it can be understood: relative if it lies below the working directory. */
function pathForPeople(path: string): string {
  const short = relative('', path);
  return short === '' || short.startsWith('..') ? path : short;
}
