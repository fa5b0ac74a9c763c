import { operatorName } from '../core/operator.ts';
import type { Publication } from '../core/publication.ts';
import { retry } from '../deeds/retry.ts';
import type { Call } from './call.ts';
import { carryOut } from './carry-out.ts';
import { choosePublications } from './choose-publications.ts';
import { noteObstacles } from './note-obstacles.ts';
import { openOneByOne } from './one-by-one.ts';
import { withApp } from './open.ts';
import { printNotes } from './print.ts';

/** `carillon retry [PUBLICATION…]` */
export function run(call: Call): Promise<number> {
  const notPosted = call.has('not-posted');
  return withApp(call, async (app) => {
    const fitting = ['failed', 'missed', ...(notPosted ? ['unconfirmed'] : [])];
    const chosen = await choosePublications(call, call.args, app, ({ state }) =>
      fitting.includes(state),
    );
    const sent: Publication[] = [];
    const waitOf = openOneByOne(app.config.publishing.resumeGapMs, await app.ledger.now());
    const status = await carryOut(call, app, chosen, {
      asks: notPosted ? 'They are not on their accounts, as you say. Send again' : 'Send again',
      async do(publication) {
        const waitMs = waitOf(publication);
        const done = await retry(publication, { by: operatorName(), notPosted, waitMs }, app);
        if (done.isDone) sent.push(publication);
        return done;
      },
    });
    if (sent.length === 0) return status;
    await app.putBackJobs();
    if (notPosted) {
      printNotes(call.io, [
        'Carillon takes your word that it is not live. If it is after all, it will be there twice: then delete one of them.',
      ]);
    }
    await noteObstacles(call, app, sent);
    return status;
  });
}
