import type { ConfigFrame } from '../core/config.ts';
import { sayMonth } from '../core/lack.ts';
import { sayMoney } from '../core/money.ts';
import type { Budget } from '../core/prices.ts';
import { monthOf } from '../costs/months.ts';
import type { MonthlySum } from '../ledger/ledger.ts';
import type { Condition } from './condition.ts';

const NEAR = 0.8;

interface Spending {
  readonly config: Pick<ConfigFrame, 'accounts' | 'budget' | 'timezone'>;
  readonly sums: readonly MonthlySum[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Budgets of this month that are nearly used up, or are. */
export function budgetConditions({ config, sums, now }: Spending): readonly Condition[] {
  const month = monthOf(now, config.timezone);
  const budgets: readonly (readonly [string, Budget | undefined])[] = [
    ...[...config.accounts.values()].map(({ name, budget }) => [name, budget] as const),
    ['*', config.budget],
  ];
  return budgets.flatMap(([whose, budget]) => {
    if (budget === undefined) return [];
    const sum = sums.find(
      (one) => one.account === whose && one.month === month && one.currency === budget.currency,
    );
    const taken = (sum?.spent ?? 0) + (sum?.reserved ?? 0);
    return taken < NEAR * budget.amount ? [] : [conditionOf(whose, budget, { taken, month })];
  });
}

function conditionOf(
  whose: string,
  { amount, currency }: Budget,
  { taken, month }: { readonly taken: number; readonly month: string },
): Condition {
  const isReached = taken >= amount;
  const who = whose === '*' ? 'All accounts together have' : `${whose} has`;
  const its = whose === '*' ? 'their' : 'its';
  const used = `${who} used ${sayMoney(taken, currency)} of ${its} budget of ${sayMoney(amount, currency)} for ${sayMonth(month)}`;
  return {
    key: `budget ${whose} ${month} ${isReached ? 'reached' : 'near'}`,
    ...{ kind: 'budget', about: whose, page: 'accounts' },
    message: isReached
      ? `${used}: what costs more is held.`
      : `${used}: ${Math.floor((100 * taken) / amount)} %.`,
    advice: 'Raise "budget" in the config, or plan less: "carillon status" shows what is to come.',
  };
}
