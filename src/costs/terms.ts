import type { Account } from '../core/account.ts';
import type { ConfigFrame } from '../core/config.ts';
import type { Terms } from '../core/prices.ts';
import { monthsAround } from './months.ts';

/** What an account pays and may spend; undefined if its network costs nothing. */
export function termsOf(
  { prices, budget }: Account,
  { timezone, budget: budgetOfAll }: Pick<ConfigFrame, 'timezone' | 'budget'>,
  now: number,
): Terms | undefined {
  if (prices === undefined) return undefined;
  return {
    currency: prices.currency,
    prices: prices.prices,
    ...(budget && { budget: budget.amount }),
    ...(budgetOfAll && { budgetOfAll: budgetOfAll.amount }),
    months: monthsAround(now, timezone),
  };
}

/** The terms of every account of a config that pays anything, by its name. */
export function allTerms(
  config: Pick<ConfigFrame, 'timezone' | 'budget' | 'accounts'>,
  now: number,
): ReadonlyMap<string, Terms> {
  const all = new Map<string, Terms>();
  for (const account of config.accounts.values()) {
    const terms = termsOf(account, config, now);
    if (terms !== undefined) all.set(account.name, terms);
  }
  return all;
}
