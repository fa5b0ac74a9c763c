import type { Account } from '../src/core/account.ts';
import { suggestKnown } from '../src/core/nearest.ts';
import type { Budget } from '../src/core/prices.ts';
import type { Place, Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Source, valueAt } from '../src/core/source.ts';
import { findNetwork, type NetworkId, networkIds } from '../src/networks/registry.ts';
import { readApiUrl } from './api-url.ts';
import { findOtherCurrency, mergePrices, type WrittenPrices } from './costs.ts';
import { id } from './entry-schema.ts';
import { accountRules } from './schedule-schema.ts';
import { accountOf } from './schema.ts';
import { readSecrets } from './secrets.ts';
import type { Variables } from './variables.ts';

export interface AccountsReading {
  /** Those without a mistake. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Every name that is declared, so that a mistake in an account is not told again where it is used. */
  readonly networkOf: ReadonlyMap<string, string | undefined>;
  readonly problems: readonly Problem[];
}

export interface AccountsContext {
  readonly variables: Variables;
  /** Where the sandbox is, if every account is to talk to it. */
  readonly sandboxUrl: string | undefined;
  /** For accounts that do not say themselves. */
  readonly approval: 'required' | 'none';
  /** By network: prices that the config gives for all its accounts. */
  readonly prices: Readonly<Record<string, WrittenPrices | undefined>>;
  /** Of all accounts together. */
  readonly budget?: Budget | undefined;
}

/** Reads the section `accounts:`, each account on its own. */
export function readAccounts(source: Source, context: AccountsContext): AccountsReading {
  const section = valueAt(source.value, ['accounts']);
  if (typeof section !== 'object' || section === null || Array.isArray(section)) {
    const message =
      '"accounts" must be a group of names with the settings of each below it. Declare your accounts there.';
    return {
      accounts: new Map(),
      networkOf: new Map(),
      problems: [error(source.placeOf(['accounts']), message)],
    };
  }

  const accounts = new Map<string, Account>();
  const networkOf = new Map<string, string | undefined>();
  const problems: Problem[] = [];
  for (const name of Object.keys(section)) {
    const network = valueAt(source.value, ['accounts', name, 'network']);
    networkOf.set(name, isNetworkId(network) ? network : undefined);
    const reading = readAccount(name, source, context);
    problems.push(...reading.problems);
    if (reading.account) accounts.set(name, reading.account);
  }
  if (networkOf.size === 0) {
    problems.push(
      error(
        source.placeOf(['accounts'], 'key'),
        '"accounts" is empty. Declare at least one account.',
      ),
    );
  }
  return { accounts, networkOf, problems };
}

interface WrittenCosts {
  readonly budget?: Budget;
  readonly prices?: WrittenPrices;
}

interface AccountReading {
  readonly account?: Account;
  readonly problems: readonly Problem[];
}

function readAccount(name: string, source: Source, context: AccountsContext): AccountReading {
  const path = ['accounts', name];
  const problems = findNameProblems(name, source);

  const networkId = valueAt(source.value, [...path, 'network']);
  if (!isNetworkId(networkId)) {
    const isGroup =
      typeof valueAt(source.value, path) === 'object' && valueAt(source.value, path) !== null;
    const place = source.placeOf(isGroup ? [...path, 'network'] : path);
    return { problems: [...problems, error(place, sayWhichNetworks(name, networkId))] };
  }
  const checked = checkPart(accountOf(networkId), source, path);
  problems.push(...checked.problems);
  if (!checked.value) return { problems };

  const { network: _, apiUrl: writtenUrl, approval, limits, ...more } = checked.value;
  // Only accounts of networks that cost something have these keys.
  const { budget, prices, ...keys } = more as typeof more & WrittenCosts;
  const settings = withoutRules(keys);
  const network = findNetwork(networkId);
  if (!network) return { problems };

  const url = readApiUrl(writtenUrl, network.apiUrl, context.sandboxUrl);
  if ('problem' in url) problems.push(error(source.placeOf([...path, 'apiUrl']), url.problem));

  const sets = network.secrets(settings);
  const tokens = network.tokens(settings).flat();
  const { secrets, problem } = readSecrets(name, sets, tokens, context.variables);
  if (problem && context.sandboxUrl === undefined) {
    problems.push(error(source.placeOf(path, 'key'), problem));
  }
  const table = network.prices && mergePrices(network.prices, context.prices[networkId], prices);
  const otherCurrency = table && findOtherCurrency(budget, table, name);
  if (otherCurrency) problems.push(error(source.placeOf([...path, 'budget']), otherCurrency));
  const otherOfAll = table && findOtherCurrency(context.budget, table, name);
  if (otherOfAll) problems.push(error(source.placeOf(['budget']), otherOfAll));
  if ('problem' in url || problems.length > 0) return { problems };

  const sandbox = context.sandboxUrl !== undefined;
  const isApproved = (approval ?? context.approval) === 'required';
  const account: Account = {
    ...{ name, network: networkId, apiUrl: url.apiUrl, sandbox, settings, secrets },
    ...(isApproved && { approval: 'required' }),
    ...(limits && { limits: limits.posts }),
    ...(table && { prices: table }),
    ...(budget && { budget }),
  };
  return { account, problems };
}

/** What an account says of its network; the rules of its schedule are read elsewhere. */
function withoutRules<T extends object>(keys: T): Omit<T, keyof typeof accountRules.shape> {
  const own = Object.entries(keys).filter(([key]) => !Object.hasOwn(accountRules.shape, key));
  return Object.fromEntries(own) as Omit<T, keyof typeof accountRules.shape>;
}

function findNameProblems(name: string, source: Source): Problem[] {
  const place = source.placeOf(['accounts', name], 'key');
  if (!id.safeParse(name).success) {
    const shown = name.slice(0, 100);
    return [
      error(
        place,
        `The account name "${shown}" must consist of small letters a-z, digits and "-". Rename it.`,
      ),
    ];
  }
  const network = valueAt(source.value, ['accounts', name, 'network']);
  if (isNetworkId(name) && network !== name) {
    // Under `text:` nobody could tell whether the account or the network is meant.
    return [
      error(
        place,
        `"${name}" is the name of a network, and this account is on another. Rename it.`,
      ),
    ];
  }
  return [];
}

function sayWhichNetworks(name: string, written: unknown): string {
  const known = networkIds.join(', ');
  if (typeof written !== 'string') {
    return `The account "${name.slice(0, 100)}" has no network. Add "network:" with one of ${known}.`;
  }
  return `There is no network "${written.slice(0, 100)}".${suggestKnown(written, networkIds)}`;
}

function isNetworkId(value: unknown): value is NetworkId {
  return typeof value === 'string' && findNetwork(value) !== undefined;
}

function error(place: Place, message: string): Problem {
  return { ...place, message, severity: 'error' };
}
