import { openCalendar } from '../core/say-time.ts';
import { linesOfObstacles, readObstacles } from '../telling/obstacles.ts';
import { agreeToCosts } from './agree-to-costs.ts';
import { type Call, EXIT } from './call.ts';
import { costsBeside, linesOfCosts } from './costs-text.ts';
import { createInk } from './ink.ts';
import { printWarnings, withWholeConfig } from './open.ts';
import { linesOfNotes, linesOfPlan, planAsJson } from './plan-text.ts';
import { printJson, printLines, printNotes } from './print.ts';

/** `carillon apply` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  return withWholeConfig(call, async (app, config) => {
    const { plan, warnings, notes, costs } = await app.apply(config, (planned) =>
      agreeToCosts(call, planned, config.timezone),
    );
    printWarnings(call, warnings);
    const told = costsBeside(plan, costs);
    const calendar = openCalendar(app.config.timezone);
    if (call.has('json')) printJson(io, planAsJson(plan, told));
    else {
      const setting = { calendar, ink: createInk(io.hasColors), width: io.columns };
      printLines(io, [
        ...linesOfPlan(plan, 'applied', setting),
        ...linesOfNotes(notes, setting),
        ...linesOfCosts(told, { ...setting, sandbox: config.sandbox }),
      ]);
    }
    // Who applies wants it to go out: what stands in the way is said.
    printNotes(io, linesOfObstacles(await readObstacles(app), calendar));
    return EXIT.done;
  });
}
