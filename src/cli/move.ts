import type { App } from '../app.ts';
import { operatorName } from '../core/operator.ts';
import type { Publication } from '../core/publication.ts';
import { type Call, CallError } from './call.ts';
import { choosePublications } from './choose-publications.ts';
import { carryOut, type Done } from './deed.ts';
import { noteObstacles } from './obstacles.ts';
import { withApp } from './open.ts';
import { readInstant } from './read-instant.ts';
import { sayWaitsForApproval, whyNotMoved } from './refusals.ts';
import { type Calendar, openCalendar } from './say-time.ts';

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
        const done = await move(publication, due, app, calendar);
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

async function move(
  publication: Publication,
  due: number,
  { ledger }: App,
  calendar: Calendar,
): Promise<Done> {
  const name = publication.publication;
  const step = await ledger.move(name, due, operatorName());
  if (!step.changed) {
    return { isDone: false, says: `${name} is not moved. ${whyNotMoved(step.state, publication)}` };
  }
  const stays = 'It stays there until its entry in the config gets another time.';
  const waits = step.state === 'held' ? ` ${sayWaitsForApproval(publication)}` : '';
  return { isDone: true, says: `${name} is moved to ${calendar.long(due)}. ${stays}${waits}` };
}
