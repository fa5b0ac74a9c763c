import { LEAST_KEEP_MS, USUAL_KEEP_MS } from '../core/keep.ts';
import { openCalendar } from '../core/say-time.ts';
import { count, sayDuration } from '../core/words.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { withApp } from './open.ts';
import { printJson, printLines } from './print.ts';
import { readInstant } from './read-instant.ts';

/** `carillon archive` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  return withApp(call, async (app) => {
    const { ledger, config } = app;
    const now = await ledger.now();
    const written = call.valueOf('before');
    const before =
      written === undefined
        ? now - (config.keepMs ?? USUAL_KEEP_MS)
        : readInstant(written, config.timezone);
    if (before > now - LEAST_KEEP_MS) {
      throw new CallError(
        `What ended in the last ${sayDuration(LEAST_KEEP_MS)} stays in the ledger: give --before an earlier day.`,
      );
    }
    const frozen = await ledger.frozen();
    if (frozen !== undefined) {
      throw new CallError(
        `The ledger is frozen (${frozen.reason}): nothing is archived until "carillon thaw".`,
      );
    }
    const { archived, folder } = await app.archive(before);
    const all = await ledger.countArchived();
    if (call.has('json')) {
      printJson(io, { archived, all, before: new Date(before).toISOString(), folder });
      return EXIT.done;
    }
    const day = openCalendar(config.timezone).short(before);
    printLines(io, [
      archived === 0
        ? `Nothing is archived: nothing that is still whole in the ledger ended before ${day}.`
        : `${count(archived, 'publication')} that ended before ${day} ${archived === 1 ? 'is' : 'are'} archived in ${folder}. None of it goes out again; "carillon show" with its name still tells of each.`,
      ...(all === archived ? [] : [`${count(all, 'publication')} are archived by now.`]),
    ]);
    return EXIT.done;
  });
}
