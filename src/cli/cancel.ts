import type { App } from '../app.ts';
import { operatorName } from '../core/operator.ts';
import type { Publication } from '../core/publication.ts';
import type { Call } from './call.ts';
import { choosePublications } from './choose-publications.ts';
import { carryOut, type Done } from './deed.ts';
import { withApp } from './open.ts';
import { whyNotCancelled } from './refusals.ts';

/** `carillon cancel [PUBLICATION…]` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    const chosen = await choosePublications(call, call.args, app, ({ state }) =>
      ['scheduled', 'held', 'handoff'].includes(state),
    );
    return carryOut(call, app, chosen, { asks: 'Cancel', do: (one) => cancel(one, app) });
  });
}

async function cancel(publication: Publication, { ledger }: App): Promise<Done> {
  const name = publication.publication;
  const step = await ledger.cancel(name, operatorName());
  return step.changed
    ? {
        isDone: true,
        says: `${name} is cancelled. It stays out, also where the config still has it.`,
      }
    : {
        isDone: false,
        says: `${name} is not cancelled. ${whyNotCancelled(step.state, publication)}`,
      };
}
