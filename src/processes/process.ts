import type { Environment } from '../../config/environment.ts';
import type { App, Surroundings } from '../app.ts';
import { secretsOfAlerts } from '../core/alerts.ts';
import type { ConfigFrame } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import { createLog } from '../logging/log.ts';
import { createSecrets } from '../logging/redact.ts';
import { letYoungMemoryGrow } from './young-memory.ts';

/** The log of a process, which never shows a secret of the config. */
export interface ProcessLog extends Log {
  /** Tells it of a config that was read again, which may have other secrets. */
  learnSecrets(config: ConfigFrame): void;
  /** Tells it of secrets that turned up later. */
  hide(secrets: readonly string[]): void;
  /** A line that is no record of a log, without secrets. */
  hideInText(text: string): string;
}

export function openProcessLog(part: string, config: ConfigFrame): ProcessLog {
  const secrets = createSecrets(secretsOf(config));
  const log = createLog({ part, secrets });
  dieInWords(log);
  return Object.assign(log, {
    hideInText: secrets.hideInText,
    learnSecrets: (next: ConfigFrame) => secrets.learn(secretsOf(next)),
    hide: (more: readonly string[]) => secrets.learn(more),
  });
}

/** Node's own last words print whatever an error carries: headers, addresses, whole requests. */
function dieInWords(log: Log): void {
  process.on('uncaughtException', (error: unknown) => {
    log.error(
      { err: error },
      'This part fell over a mistake in Carillon itself. Please report it.',
    );
    process.exit(1);
  });
}

function secretsOf({ accounts, alerts, dashboard }: ConfigFrame): readonly string[] {
  const passwords = dashboard?.people.flatMap(({ password }) => password ?? []) ?? [];
  const ofAccounts = [...accounts.values()].flatMap(({ secrets }) => Object.values(secrets));
  return [...passwords, ...ofAccounts, ...secretsOfAlerts(alerts)];
}

export function surroundingsOf(
  environment: Environment,
  log: Log & Pick<ProcessLog, 'hide'> & Partial<Pick<ProcessLog, 'hideInText'>>,
): Surroundings {
  const { redisUrl, dataDir, isSupervised, secretKey, oldSecretKey, traces } = environment;
  log.hide(environment.secrets);
  return {
    ...{ redisUrl, dataDir, mayStartRedis: !isSupervised, log },
    ...{ secretKey, oldSecretKey, learnSecrets: log.hide },
    traces,
    ...(log.hideInText && { hideSecrets: log.hideInText }),
  };
}

/** Says loudly what makes a Redis of the user's an unsafe place for the ledger. */
export function warnAboutRedis(app: App, log: Log): void {
  for (const { severity, message, remedy } of app.redisFindings) {
    if (severity === 'error') log.error(`${message} ${remedy}`);
    else log.warn(`${message} ${remedy}`);
  }
}

/** Tells the supervisor, if there is one, that this part works. */
export function announceReady(url?: string): void {
  letYoungMemoryGrow();
  process.send?.({ ready: true, ...(url !== undefined && { url }) });
}
