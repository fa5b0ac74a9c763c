import { operatorName } from '../core/operator.ts';
import type { Publication } from '../core/publication.ts';
import { release } from '../deeds/release.ts';
import type { Call } from './call.ts';
import { carryOut } from './carry-out.ts';
import { choosePublications } from './choose-publications.ts';
import { noteObstacles } from './note-obstacles.ts';
import { openOneByOne } from './one-by-one.ts';
import { withApp } from './open.ts';

/** `carillon release [PUBLICATION…]` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    const chosen = await choosePublications(
      call,
      call.args,
      app,
      ({ heldByHand }) => heldByHand !== undefined,
    );
    const released: Publication[] = [];
    const waitOf = openOneByOne(app.config.publishing.resumeGapMs, await app.ledger.now());
    const status = await carryOut(call, app, chosen, {
      asks: 'Release',
      async do(publication) {
        const waitMs = waitOf(publication);
        const done = await release(publication, { by: operatorName(), waitMs }, app);
        if (done.isDone) released.push(publication);
        return done;
      },
    });
    if (released.length === 0) return status;
    await app.putBackJobs();
    await noteObstacles(call, app, released);
    return status;
  });
}
