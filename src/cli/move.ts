import { operatorName } from '../core/operator.ts';
import type { Publication } from '../core/publication.ts';
import { openCalendar } from '../core/say-time.ts';
import { move } from '../deeds/move.ts';
import { type Call, CallError } from './call.ts';
import { carryOut } from './carry-out.ts';
import { choosePublications } from './choose-publications.ts';
import { noteObstacles } from './note-obstacles.ts';
import { withApp } from './open.ts';
import { readInstant } from './read-instant.ts';

/** `carillon move [PUBLICATION…] TIME` */
export function run(call: Call): Promise<number> {
  const { names, time } = readArgs(call.args);
  return withApp(call, async (app) => {
    const calendar = openCalendar(app.config.timezone);
    const now = await app.ledger.now();
    const due = readInstant(time, app.config.timezone, now);
    if (due < now) {
      throw new CallError(`${calendar.short(due)} is past. Give a time to come, or "now".`);
    }
    const chosen = await choosePublications(call, names, app, ({ state }) =>
      ['scheduled', 'held', 'handoff'].includes(state),
    );
    const moved: Publication[] = [];
    const status = await carryOut(call, app, chosen, {
      asks: `Move to ${calendar.short(due)}`,
      async do(publication) {
        const done = await move(publication, { due, by: operatorName() }, app);
        if (done.isDone) moved.push(publication);
        return done;
      },
    });
    if (moved.length === 0) return status;
    await app.putBackJobs();
    await noteObstacles(call, app, moved);
    return status;
  });
}

/** A time of day that the shell has parted from its day belongs to it. */
function readArgs(args: readonly string[]): { names: readonly string[]; time: string } {
  const [day = '', clock = ''] = args.slice(-2);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && /^\d{1,2}:\d{2}/.test(clock)) {
    return { names: args.slice(0, -2), time: `${day} ${clock}` };
  }
  return { names: args.slice(0, -1), time: args.at(-1) ?? '' };
}
