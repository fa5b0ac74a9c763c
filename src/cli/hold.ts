import { operatorName } from '../core/operator.ts';
import { canBeHeld, hold } from '../deeds/hold.ts';
import type { Call } from './call.ts';
import { carryOut } from './carry-out.ts';
import { choosePublications } from './choose-publications.ts';
import { withApp } from './open.ts';
import { readReason } from './read-reason.ts';

/** `carillon hold [PUBLICATION…]` */
export function run(call: Call): Promise<number> {
  const reason = readReason(call);
  return withApp(call, async (app) => {
    const chosen = await choosePublications(call, call.args, app, canBeHeld);
    const by = operatorName();
    return carryOut(call, app, chosen, {
      asks: 'Hold',
      do: (one) => hold(one, { by, reason }, app),
    });
  });
}
