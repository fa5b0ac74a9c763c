import type { Environment } from '../../config/environment.ts';
import type { App, Surroundings } from '../app.ts';
import type { ConfigFrame } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import { createLog } from '../logging/log.ts';

/** The log of a process, which never shows a secret of the config. */
export function openProcessLog(part: string, config: ConfigFrame): Log {
  const secrets = [...config.accounts.values()].flatMap((account) =>
    Object.values(account.secrets),
  );
  return createLog({ part, secrets });
}

export function surroundingsOf(environment: Environment, log: Log): Surroundings {
  const { redisUrl, dataDir, isSupervised } = environment;
  return { redisUrl, dataDir, mayStartRedis: !isSupervised, log };
}

/** Says loudly what makes a Redis of the user's an unsafe place for the ledger. */
export function warnAboutRedis(app: App, log: Log): void {
  for (const { severity, message } of app.redisFindings) {
    if (severity === 'error') log.error(message);
    else log.warn(message);
  }
}

/** Tells the supervisor, if there is one, that this part works. */
export function announceReady(url?: string): void {
  process.send?.({ ready: true, ...(url !== undefined && { url }) });
}
