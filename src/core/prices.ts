import type { Cost, Millionths } from './money.ts';

/** What a network asks for. */
export interface PriceTable {
  /** The day from which on these prices hold, as far as is known: `2026-04-20`. */
  readonly asOf: string;
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
  /** By action. */
  readonly prices: Readonly<Record<string, Millionths>>;
  /** What each action is, for people who look its price up. */
  readonly actions?: Readonly<Record<string, string>>;
}

/** How often a network charges for what, by action: one for each part of a post, in order. */
export type Charges = readonly Readonly<Record<string, number>>[];

/** Most of what an account may spend in a calendar month. */
export type Budget = Cost;

/** A calendar month by the clocks of the config. */
export interface Month {
  /** `2026-12` */
  readonly name: string;
  /** Its first instant, in milliseconds since 1970. */
  readonly from: number;
}

/** What an account pays, and how much it may spend: what the ledger is told when it is asked for a claim. */
export interface Terms {
  readonly currency: string;
  readonly prices: PriceTable['prices'];
  /** Most that the account may spend in a month. */
  readonly budget?: Millionths;
  /** Most that all accounts may spend together. */
  readonly budgetOfAll?: Millionths;
  /** The months around now, one after the other. The clock of Redis decides in which one it is. */
  readonly months: readonly Month[];
}

/** What each part costs. An action without a price costs nothing. */
function costsOfParts(
  charges: Charges,
  { prices }: Pick<PriceTable, 'prices'>,
): readonly Millionths[] {
  return charges.map((part) =>
    Object.entries(part).reduce((sum, [action, n]) => sum + n * (prices[action] ?? 0), 0),
  );
}

/** What all parts cost, or those after the first few. */
export function costOf(
  charges: Charges,
  table: Pick<PriceTable, 'prices'>,
  partsUp = 0,
): Millionths {
  return costsOfParts(charges, table)
    .slice(partsUp)
    .reduce((sum, cost) => sum + cost, 0);
}
