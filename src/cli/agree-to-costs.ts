import type { Planned } from '../app.ts';
import { sayMonth } from '../core/lack.ts';
import { formatAmount, sayMoney } from '../core/money.ts';
import { isOverBudget, type MonthCosts } from '../costs/month-costs.ts';
import { monthOf } from '../costs/months.ts';
import { askYesOrNo, isTerminal } from './ask.ts';
import type { Call } from './call.ts';

/** A plan costs more than the budget allows, and nobody has agreed to that. The message says what to do. */
class OverBudgetError extends Error {
  override readonly name = 'OverBudgetError';
}

/**
 * Asks before a plan is applied that goes beyond a budget where it changes anything.
 *
 * @throws {OverBudgetError} if nobody agrees
 */
export async function agreeToCosts(call: Call, planned: Planned, timezone: string): Promise<void> {
  const { io } = call;
  const over = overBudget(planned, timezone);
  if (over.length === 0 || call.has('yes')) return;
  const said = over.map(sayOver).join(' ');
  if (!isTerminal(io)) {
    throw new OverBudgetError(
      `${said} There is no terminal on which you could agree, and nothing is changed. Raise "budget" in the config, plan less, or add --yes: then what would go beyond the budget is held when it is due.`,
    );
  }
  const say = call.has('json') ? io.err : io.out;
  if (await askYesOrNo(io, `${said} Apply all the same?`, say)) return;
  throw new OverBudgetError('Nothing is changed.');
}

/** Months that are over their budget and to which the plan adds something. */
function overBudget({ plan, costs }: Planned, timezone: string): readonly MonthCosts[] {
  const over = costs.filter(isOverBudget);
  if (over.length === 0) return [];
  const touched = new Set<string>();
  for (const { action, intent, due } of plan.changes) {
    if (intent?.charges === undefined) continue;
    if (action !== 'add' && action !== 'move' && action !== 'update') continue;
    const month = monthOf(due, timezone);
    touched.add(`${month} ${intent.account}`).add(`${month} *`);
  }
  return over.filter(({ month, account }) => touched.has(`${month} ${account}`));
}

function sayOver({ account, month, currency, spent, planned, budget = 0 }: MonthCosts): string {
  const where = account === '*' ? 'on all accounts' : `on ${account}`;
  const whose = account === '*' ? 'their' : 'its';
  const before = spent === 0 ? '' : `, with the ${formatAmount(spent)} spent so far`;
  return `This plan costs ${sayMoney(spent + planned, currency)} in ${sayMonth(month)} ${where}${before}, and ${whose} budget is ${formatAmount(budget)}.`;
}
