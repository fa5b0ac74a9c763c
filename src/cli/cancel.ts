import { operatorName } from '../core/operator.ts';
import { cancel } from '../deeds/cancel.ts';
import type { Call } from './call.ts';
import { carryOut } from './carry-out.ts';
import { choosePublications } from './choose-publications.ts';
import { withApp } from './open.ts';

/** `carillon cancel [PUBLICATION…]` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    const chosen = await choosePublications(call, call.args, app, ({ state }) =>
      ['scheduled', 'held', 'handoff'].includes(state),
    );
    return carryOut(call, app, chosen, {
      asks: 'Cancel',
      do: (one) => cancel(one, operatorName(), app),
    });
  });
}
