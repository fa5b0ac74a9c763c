import type { Budget, PriceTable } from '../src/core/prices.ts';
import type { Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Source, valueAt } from '../src/core/source.ts';
import * as schema from './costs-schema.ts';

/** Prices as the config writes them: what is left out is as Carillon knows it. */
export type WrittenPrices = Readonly<Record<string, string | number | undefined>>;

export interface CostsReading {
  /** Of all accounts together. */
  readonly budget?: Budget;
  /** By network. */
  readonly prices: Readonly<Record<string, WrittenPrices | undefined>>;
  readonly problems: readonly Problem[];
}

/** Reads `budget:` and `prices:` of the whole config. */
export function readCosts(source: Source): CostsReading {
  const isWritten = (key: string) => (valueAt(source.value, [key]) ?? null) !== null;
  const budget = isWritten('budget')
    ? checkPart(schema.budget, source, ['budget'])
    : { problems: [] };
  const prices = isWritten('prices')
    ? checkPart(schema.prices, source, ['prices'])
    : { problems: [] };
  return {
    ...('value' in budget && budget.value && { budget: budget.value }),
    prices: ('value' in prices && (prices.value as CostsReading['prices'])) || {},
    problems: [...budget.problems, ...prices.problems],
  };
}

/** The prices of an account: its own first, then those for its network, then those that Carillon knows. */
export function mergePrices(
  known: PriceTable,
  ...written: readonly (WrittenPrices | undefined)[]
): PriceTable {
  const merged = { ...known, prices: { ...known.prices } };
  for (const { asOf, currency, ...prices } of written.map((one) => one ?? {})) {
    if (typeof asOf === 'string') merged.asOf = asOf;
    if (typeof currency === 'string') merged.currency = currency;
    for (const [action, price] of Object.entries(prices)) {
      if (typeof price === 'number') merged.prices[action] = price;
    }
  }
  return merged;
}

/** A budget in another currency than the prices could never be kept. */
export function findOtherCurrency(
  budget: Budget | undefined,
  { currency }: PriceTable,
  whose: string,
): string | undefined {
  if (budget === undefined || budget.currency === currency) return undefined;
  return `"budget" is in ${budget.currency}, but the prices of ${whose} are in ${currency}. Write the budget in ${currency}, or give "prices" with "currency: ${budget.currency}".`;
}
