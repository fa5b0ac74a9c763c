import { type Lack, sayLack } from '../core/lack.ts';
import type { PublicationError } from '../core/publication.ts';

/** Why a publication is held for lack of money, and what to do. */
export function sayOverBudget(publication: string, heldFor: string | undefined): PublicationError {
  const lack = heldFor === undefined ? undefined : (JSON.parse(heldFor) as Lack);
  const said = lack === undefined ? 'it costs more than its budget has left' : sayLack(lack);
  return {
    code: 'over-budget',
    message: `It is held: ${said}.`,
    advice: `Raise "budget" in the config, or let this one go out all the same with "carillon approve ${publication}"; else it waits for the next month, as long as its last moment allows.`,
  };
}
