import { z } from 'zod';
import { parseAmount } from '../src/core/money.ts';
import type { Budget, PriceTable } from '../src/core/prices.ts';
import { type NetworkId, networkIds, networks } from '../src/networks/registry.ts';

const budgetWords = 'must be an amount and a currency a month, such as "20 USD a month"';
const BUDGET = /^(\d[\d.]*) ([A-Z]{3})(?: (?:a|per) month)$/;

export const budget = z
  .string({ error: budgetWords })
  .refine((text) => readBudget(text) !== undefined, budgetWords)
  .transform((text): Budget => readBudget(text) ?? { amount: 0, currency: '' })
  .describe(
    'Most that may be spent in a calendar month, by the prices of the networks. What would cost more is held until there is room again; "apply" asks before. Default: no limit.',
  )
  .meta({ examples: ['20 USD a month'] });

function readBudget(text: string): Budget | undefined {
  const [, written = '', currency = ''] = BUDGET.exec(text.trim()) ?? [];
  const amount = parseAmount(written);
  return amount === undefined ? undefined : { amount, currency };
}

const priceWords = 'must be a price such as 0.015, with six decimals at most';
const price = z
  .number({ error: priceWords })
  .refine((number) => parseAmount(String(number)) !== undefined, priceWords)
  .transform((number) => parseAmount(String(number)) ?? 0);

const dayWords = 'must be a day such as 2026-04-20';
const currencyWords = 'must be three capitals, such as USD';

/** Other prices than those that Carillon knows of one network. */
function pricesOf(table: PriceTable) {
  const actions = Object.entries(table.prices).map(([action, amount]) => {
    const words = `${table.actions?.[action] ?? ''} Default: what Carillon knows.`.trim();
    const own = price.describe(words).meta({ examples: [amount / 1_000_000] });
    return [action, own.optional()] as const;
  });
  return z
    .strictObject({
      asOf: z
        .string({ error: dayWords })
        .regex(/^\d{4}-\d{2}-\d{2}$/, dayWords)
        .optional()
        .describe('The day of these prices.')
        .meta({ examples: ['2026-04-20'] }),
      currency: z
        .string({ error: currencyWords })
        .regex(/^[A-Z]{3}$/, currencyWords)
        .optional()
        .describe(`Their currency. Default ${table.currency}.`)
        .meta({ examples: [table.currency] }),
    })
    .extend(Object.fromEntries(actions) as Record<string, z.ZodOptional<typeof price>>)
    .describe(
      `Prices that differ from those that Carillon knows, which are as of ${table.asOf}: what one ${Object.keys(table.prices).join(', ')} costs.`,
    );
}

/** The keys of costs that an account of a network may have. */
export function accountCosts(networkId: NetworkId) {
  const table = tableOf(networkId);
  return table === undefined
    ? {}
    : { budget: budget.optional(), prices: pricesOf(table).optional() };
}

/** Prices for all accounts of a network. */
export const prices = z
  .strictObject(
    Object.fromEntries(
      networkIds.flatMap((id) => {
        const table = tableOf(id);
        return table === undefined ? [] : [[id, pricesOf(table).optional()]];
      }),
    ),
  )
  .describe('Prices of networks that differ from those that Carillon knows.');

function tableOf(id: NetworkId): PriceTable | undefined {
  return (networks[id] as { prices?: PriceTable }).prices;
}
