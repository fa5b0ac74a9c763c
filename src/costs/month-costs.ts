import type { ConfigFrame } from '../core/config.ts';
import type { Cost, Millionths } from '../core/money.ts';
import { costOf } from '../core/prices.ts';
import { isOpen, type Publication } from '../core/publication.ts';
import type { MonthlySum } from '../ledger/ledger.ts';
import { monthOf } from './months.ts';

/** What an account costs in one calendar month, in millionths of its currency. */
export interface MonthCosts {
  /** `*` for all accounts. */
  readonly account: string;
  /** `2026-12` */
  readonly month: string;
  readonly currency: string;
  /** The day of the prices; missing for all accounts. */
  readonly asOf?: string;
  /** What has been published. */
  readonly spent: Millionths;
  /** What is still to come. */
  readonly planned: Millionths;
  /** Missing for no limit. */
  readonly budget?: Millionths;
}

export interface MonthCostsInput {
  readonly config: Pick<ConfigFrame, 'accounts' | 'budget' | 'timezone'>;
  readonly publications: Iterable<Publication>;
  readonly sums: readonly MonthlySum[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What this month and those to come cost by account, and by all of them where several cost something. */
export function monthCosts(input: MonthCostsInput): readonly MonthCosts[] {
  const { config, sums, now } = input;
  const { accounts, budget: budgetOfAll, timezone } = config;
  const thisMonth = monthOf(now, timezone);
  const rows = new Map<string, MonthCosts>();
  const add = (row: Omit<MonthCosts, 'spent' | 'planned'>, spent: number, planned: number) => {
    const key = `${row.month} ${row.currency} ${row.account}`;
    const known = rows.get(key) ?? { ...row, spent: 0, planned: 0 };
    rows.set(key, { ...known, spent: known.spent + spent, planned: known.planned + planned });
  };
  const addOf = (name: string, month: string, currency: string, spent: number, planned: number) => {
    const { prices, budget } = accounts.get(name) ?? {};
    const own = prices?.currency === currency ? prices : undefined;
    add(
      {
        ...{ account: name, month, currency },
        ...(own && { asOf: own.asOf }),
        ...(own && budget && { budget: budget.amount }),
      },
      spent,
      planned,
    );
    const limit = budgetOfAll?.currency === currency ? { budget: budgetOfAll.amount } : {};
    add({ ...{ account: '*', month, currency }, ...limit }, spent, planned);
  };

  for (const { account, month, currency, spent } of sums) {
    if (account !== '*' && month >= thisMonth) addOf(account, month, currency, spent, 0);
  }
  for (const one of input.publications) {
    const cost = costToCome(one, config);
    if (cost === undefined) continue;
    const month = monthOf(Math.max(one.due, now), timezone);
    addOf(one.account, month, cost.currency, 0, cost.amount);
  }
  return [...rows.values()]
    .filter(({ spent, planned }) => spent > 0 || planned > 0)
    .filter((row) => row.account !== '*' || row.budget !== undefined || hasOthers(row, rows))
    .sort(
      (a, b) => compare(a.month, b.month) || rank(a) - rank(b) || compare(a.account, b.account),
    );
}

/** What is still to be paid for a publication; undefined if nothing is. */
export function costToCome(
  { account, state, charges, partsUp }: Publication,
  { accounts }: Pick<ConfigFrame, 'accounts'>,
): Cost | undefined {
  const { prices } = accounts.get(account) ?? {};
  if (prices === undefined || charges === undefined || !isOpen(state)) return undefined;
  return { amount: costOf(charges, prices, partsUp), currency: prices.currency };
}

/** True if it would cost more than its budget allows. */
export function isOverBudget({ spent, planned, budget }: MonthCosts): boolean {
  return budget !== undefined && spent + planned > budget;
}

function hasOthers({ month, currency }: MonthCosts, rows: ReadonlyMap<string, MonthCosts>) {
  const same = [...rows.values()].filter(
    (row) => row.account !== '*' && row.month === month && row.currency === currency,
  );
  return same.length > 1;
}

function rank({ account }: MonthCosts): number {
  return account === '*' ? 1 : 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
