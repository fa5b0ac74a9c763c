import { readEnvironment } from '../../config/environment.ts';
import { type LoadOptions, loadConfig, loadFrame } from '../../config/load.ts';
import { type App, openApp } from '../app.ts';
import { secretsOfAlerts } from '../core/alerts.ts';
import type { Config, ConfigFrame } from '../core/config.ts';
import { formatProblem, type Problem } from '../core/problem.ts';
import { createLog } from '../logging/log.ts';
import { createSecrets } from '../logging/redact.ts';
import type { Call } from './call.ts';
import { printNotes } from './print.ts';

/** Reads the config that a call means. @throws {ConfigError} with everything that is wrong in it */
export function readConfig(
  call: Call,
): Promise<{ readonly config: Config; readonly warnings: readonly Problem[] }> {
  return loadConfig(loadOptions(call));
}

/** Which config a call means. */
export function loadOptions(call: Call): LoadOptions {
  const { io } = call;
  return {
    file: call.valueOf('config'),
    ...(io.env && { env: io.env }),
    ...(io.cwd !== undefined && { cwd: io.cwd }),
  };
}

/** Opens Carillon for an operator, and closes it again. A mistake in an entry of the config is no obstacle. */
export async function withApp(call: Call, use: (app: App) => Promise<number>): Promise<number> {
  await using app = await openAppFor(call, await loadFrame(loadOptions(call)));
  return await use(app);
}

/** Opens Carillon for what the whole config is needed for, and closes it again. */
export async function withWholeConfig(
  call: Call,
  use: (app: App, config: Config) => Promise<number>,
): Promise<number> {
  const { config, warnings } = await readConfig(call);
  printWarnings(call, warnings);
  await using app = await openAppFor(call, config);
  return await use(app, config);
}

export async function openAppFor({ io, has }: Call, config: ConfigFrame): Promise<App> {
  const environment = await readEnvironment(io.env, io.cwd);
  const { secretKey, oldSecretKey, traces } = environment;
  const secrets = createSecrets([
    ...[...config.accounts.values()].flatMap((account) => Object.values(account.secrets)),
    ...secretsOfAlerts(config.alerts),
    ...environment.secrets,
  ]);
  const log = createLog({
    part: 'carillon',
    level: has('verbose') ? 'debug' : 'warn',
    secrets,
    stream: { write: (line) => io.err(line) },
    pretty: io.isErrTerminal,
  });
  return openApp(config, {
    redisUrl: environment.redisUrl,
    dataDir: environment.dataDir,
    mayStartRedis: !environment.isSupervised,
    log,
    secretKey,
    oldSecretKey,
    learnSecrets: secrets.learn,
    traces,
    hideSecrets: secrets.hideInText,
  });
}

/** Warnings stand beside the output, as they stop nothing. */
export function printWarnings({ io }: Call, warnings: readonly Problem[]): void {
  printNotes(io, warnings.map(formatProblem));
}
