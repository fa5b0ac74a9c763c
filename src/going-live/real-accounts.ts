import type { Account } from '../core/account.ts';
import { findNetwork } from '../networks/registry.ts';

/** An account of the real world, as people know it. */
export interface RealAccount {
  /** Such as `@newsroom on X`. */
  readonly words: string;
  /** True if a person posts what Carillon prepares. */
  readonly isAssisted: boolean;
  /** What it is known by from start to start: another one has another mark. */
  readonly mark: string;
}

/** Where a config posts for real; nowhere if its accounts are on the sandbox. */
export function realAccountsOf(accounts: Iterable<Account>): readonly RealAccount[] {
  return [...accounts].filter(({ sandbox }) => !sandbox).map(readAccount);
}

function readAccount({ name, network, apiUrl, settings }: Account): RealAccount {
  const own = findNetwork(network);
  const whose = own?.accountName(settings) ?? `the account "${name}"`;
  // An address of one's own may be anything, and is said.
  const where = apiUrl === own?.apiUrl ? '' : ` at ${apiUrl}`;
  return {
    words: `${whose} on ${own?.displayName ?? network}${where}`,
    isAssisted: own?.isAssisted(settings) ?? false,
    mark: [network, apiUrl, name, whose].join(' '),
  };
}

/** The one line about them: `Posts for real to @newsroom on X and the Page 1000200030004 on Facebook.` */
export function sayRealAccounts(accounts: readonly RealAccount[]): string {
  const own = accounts.filter(({ isAssisted }) => !isAssisted).map(({ words }) => words);
  const assisted = accounts.filter(({ isAssisted }) => isAssisted).map(({ words }) => words);
  const said = [
    ...(own.length > 0 ? [`Posts for real to ${listed(own)}.`] : []),
    ...(assisted.length > 0
      ? [`Prepares posts for ${listed(assisted)}: a person posts them.`]
      : []),
  ];
  return said.join(' ');
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(words);
}
