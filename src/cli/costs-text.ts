import { sayMonth } from '../core/lack.ts';
import { formatAmount, sayMoney } from '../core/money.ts';
import { isOverBudget, type MonthCosts } from '../costs/month-costs.ts';
import type { Plan } from '../planning/plan.ts';
import type { Ink } from './ink.ts';
import { columnWidth, twoColumns, wrap } from './layout.ts';

interface CostsSetting {
  readonly ink: Ink;
  readonly width: number;
  /** In the sandbox nothing is paid: then it is what it would be. */
  readonly sandbox: boolean;
}

/** What each month costs, for people. Nothing where nothing costs anything. */
export function linesOfCosts(
  costs: readonly MonthCosts[],
  { ink, width, sandbox }: CostsSetting,
): readonly string[] {
  if (costs.length === 0) return [];
  const days = [...new Set(costs.flatMap(({ asOf }) => (asOf === undefined ? [] : [asOf])))].sort();
  const title = sandbox ? 'What it would cost outside the sandbox' : 'What it costs';
  const asOf = days.length === 0 ? '' : `, by prices as of ${days.join(' and ')}`;
  const left = ({ account, month }: MonthCosts) =>
    `  ${account === '*' ? 'all accounts' : account}, ${sayMonth(month)}`;
  const leftWidth = columnWidth(costs.map(left), width - 30);
  return [
    '',
    ...wrap(`${title}${asOf}:`, width),
    ...costs.flatMap((row) => {
      const lines = twoColumns(left(row), sayRow(row), { leftWidth, width, indent: '    ' });
      return isOverBudget(row) ? lines.map(ink.red) : lines;
    }),
  ];
}

/** What is told beside a plan: nothing where it changes nothing and no budget is too small for what is planned. */
export function costsBeside(
  { changes }: Plan,
  costs: readonly MonthCosts[],
): readonly MonthCosts[] {
  return changes.length > 0 || costs.some(isOverBudget) ? costs : [];
}

function sayRow(row: MonthCosts): string {
  const { spent, planned, currency, budget } = row;
  const sums = [
    ...(planned > 0 ? [`${sayMoney(planned, currency)} planned`] : []),
    ...(spent > 0 ? [`${sayMoney(spent, currency)} spent`] : []),
  ].join(', ');
  if (budget === undefined) return sums;
  return isOverBudget(row)
    ? `${sums}: more than the budget of ${formatAmount(budget)}`
    : `${sums}, of a budget of ${formatAmount(budget)}`;
}

/** The same for programs: amounts are decimal texts, so that they are exact. */
export function costsAsJson(costs: readonly MonthCosts[]): readonly object[] {
  return costs.map((row) => ({
    account: row.account === '*' ? null : row.account,
    month: row.month,
    currency: row.currency,
    planned: formatAmount(row.planned),
    spent: formatAmount(row.spent),
    budget: row.budget === undefined ? null : formatAmount(row.budget),
    isOverBudget: isOverBudget(row),
    pricesAsOf: row.asOf ?? null,
  }));
}
