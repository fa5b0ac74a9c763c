import type { Account } from '../core/account.ts';
import type { Config } from '../core/config.ts';

/** The config with every account on a sandbox, and without secrets, whatever it says. */
export function talkToSandbox(config: Config, url: string): Config {
  const accounts = new Map<string, Account>();
  for (const [name, account] of config.accounts) {
    accounts.set(name, { ...account, apiUrl: url, sandbox: true, secrets: {} });
  }
  return { ...config, sandbox: true, accounts };
}
