import { readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { type App, openApp } from '../app.ts';
import type { Config } from '../core/config.ts';
import { formatProblem, type Problem } from '../core/problem.ts';
import { createLog } from '../logging/log.ts';
import type { Call } from './call.ts';
import { printNotes } from './print.ts';

/** Reads the config that a call means. @throws {ConfigError} with everything that is wrong in it */
export function readConfig(
  call: Call,
): Promise<{ readonly config: Config; readonly warnings: readonly Problem[] }> {
  const { io } = call;
  const file = call.valueOf('config');
  return loadConfig({
    ...(file !== undefined && { file }),
    ...(io.env && { env: io.env }),
    ...(io.cwd !== undefined && { cwd: io.cwd }),
  });
}

/** Opens Carillon around the config of a call, and closes it again. */
export async function withApp(call: Call, use: (app: App) => Promise<number>): Promise<number> {
  const { config, warnings } = await readConfig(call);
  printWarnings(call, warnings);
  await using app = await openAppFor(call, config);
  return await use(app);
}

export async function openAppFor({ io, has }: Call, config: Config): Promise<App> {
  const environment = await readEnvironment(io.env, io.cwd);
  const log = createLog({
    part: 'carillon',
    level: has('verbose') ? 'debug' : 'warn',
    secrets: [...config.accounts.values()].flatMap(({ secrets }) => Object.values(secrets)),
    stream: { write: (line) => io.err(line) },
    pretty: io.isErrTerminal,
  });
  return openApp(config, {
    redisUrl: environment.redisUrl,
    dataDir: environment.dataDir,
    mayStartRedis: !environment.isSupervised,
    log,
  });
}

/** Warnings stand beside the output, as they stop nothing. */
export function printWarnings({ io }: Call, warnings: readonly Problem[]): void {
  printNotes(io, warnings.map(formatProblem));
}
