import { openCalendar } from '../core/say-time.ts';
import { hasWork } from '../planning/plan.ts';
import { type Call, EXIT } from './call.ts';
import { costsBeside, linesOfCosts } from './costs-text.ts';
import { createInk } from './ink.ts';
import { printWarnings, withWholeConfig } from './open.ts';
import { linesOfNotes, linesOfPlan, planAsJson } from './plan-text.ts';
import { printJson, printLines } from './print.ts';

/** `carillon plan` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  return withWholeConfig(call, async (app, config) => {
    const { plan, warnings, notes, costs } = await app.plan(config);
    printWarnings(call, warnings);
    const told = costsBeside(plan, costs);
    if (call.has('json')) printJson(io, planAsJson(plan, told));
    else {
      const calendar = openCalendar(app.config.timezone);
      const setting = { calendar, ink: createInk(io.hasColors), width: io.columns };
      printLines(io, [
        ...linesOfPlan(plan, 'planned', setting),
        ...linesOfNotes(notes, setting),
        ...linesOfCosts(told, { ...setting, sandbox: config.sandbox }),
      ]);
    }
    // With --detailed-exitcode 2 means changes, as the name of the option says.
    return call.has('detailed-exitcode') && hasWork(plan) ? 2 : EXIT.done;
  });
}
