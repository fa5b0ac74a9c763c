import { sayMoney } from '../core/money.ts';
import type { PublicationError } from '../core/publication.ts';

/** What a claim had found in the way of a publication: amounts in millionths. */
interface Lack {
  /** The account, or `*` where it is the budget of all. */
  readonly whose: string;
  readonly limit: number;
  readonly taken: number;
  readonly cost: number;
  readonly month: string;
  readonly currency: string;
}

/** Why a publication is held for lack of money, and what to do. */
export function sayOverBudget(
  publication: string,
  { heldFor = '{}' }: { readonly heldFor?: string | undefined },
): PublicationError {
  const {
    whose,
    limit = 0,
    taken = 0,
    cost = 0,
    month,
    currency = '',
  } = JSON.parse(heldFor) as Partial<Lack>;
  const budget = whose === '*' ? 'the budget of all accounts' : `the budget of ${whose}`;
  return {
    code: 'over-budget',
    message: `It costs ${sayMoney(cost, currency)}, and of ${budget} for ${month}, ${sayMoney(limit, currency)}, ${sayMoney(taken, currency)} are spent or set aside.`,
    advice: `Raise "budget" in the config, or let this one go out all the same with "carillon approve ${publication}"; else it waits for the next month, as long as its last moment allows.`,
  };
}
