import type { Account } from '../core/account.ts';
import type { Config } from '../core/config.ts';

/** The config with every account on a sandbox, without secrets and without looks at the web, whatever it says. */
export function talkToSandbox(config: Config, url: string): Config {
  const accounts = new Map<string, Account>();
  for (const [name, account] of config.accounts) {
    accounts.set(name, { ...account, apiUrl: url, sandbox: true, secrets: {} });
  }
  const preflight = { ...config.preflight, mode: 'off', isBeforeSending: false } as const;
  return { ...config, sandbox: true, accounts, preflight };
}
