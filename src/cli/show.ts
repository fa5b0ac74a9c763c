import { openCalendar } from '../core/say-time.ts';
import { showAsJson } from '../telling/publication-json.ts';
import { readShown } from '../telling/read-shown.ts';
import { type Call, EXIT } from './call.ts';
import { findPublication } from './find-publication.ts';
import { createInk } from './ink.ts';
import { noteObstacles } from './note-obstacles.ts';
import { withApp } from './open.ts';
import { printJson, printLines } from './print.ts';
import { linesOfShow } from './show-text.ts';

/** `carillon show PUBLICATION` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  return withApp(call, async (app) => {
    const { ledger, config } = app;
    const publication = await findPublication(app, call.args[0] ?? '');
    const shown = await readShown(publication, app);
    const calendar = openCalendar(config.timezone);
    if (call.has('json')) {
      printJson(io, showAsJson(shown, calendar));
      return EXIT.done;
    }
    const setting = { calendar, ink: createInk(io.hasColors), width: io.columns };
    printLines(io, linesOfShow(shown, setting));
    const isRefused = (await ledger.holds()).get(publication.account)?.kind === 'refused';
    if (isRefused) await noteObstacles(call, app, [publication]);
    return EXIT.done;
  });
}
