import { type Millionths, sayMoney } from './money.ts';

/** What a claim has found in the way of a publication: a budget with too little left. */
export interface Lack {
  /** The account, or `*` where it is the budget of all. */
  readonly whose: string;
  readonly limit: Millionths;
  /** What is spent or set aside of it. */
  readonly taken: Millionths;
  /** What the publication costs. */
  readonly cost: Millionths;
  /** `2026-12` */
  readonly month: string;
  readonly currency: string;
}

/** `it costs 0.20 USD, and newsroom-x has 0.15 USD left of its budget of 20.00 USD for December 2026` */
export function sayLack({ whose, limit, taken, cost, month, currency }: Lack): string {
  const has = whose === '*' ? 'all accounts together have' : `${whose} has`;
  const its = whose === '*' ? 'their' : 'its';
  const left = sayMoney(Math.max(0, limit - taken), currency);
  return `it costs ${sayMoney(cost, currency)}, and ${has} ${left} left of ${its} budget of ${sayMoney(limit, currency)} for ${sayMonth(month)}`;
}

/** `December 2026` */
export function sayMonth(name: string): string {
  const first = Date.parse(`${name}-01T00:00:00Z`);
  if (Number.isNaN(first)) return 'this month';
  return new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    first,
  );
}
