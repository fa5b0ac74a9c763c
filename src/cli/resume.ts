import { operatorName } from '../core/operator.ts';
import { openCalendar } from '../core/say-time.ts';
import { resume } from '../deeds/resume.ts';
import { linesOfObstacles, readObstacles } from '../telling/obstacles.ts';
import { type Call, EXIT } from './call.ts';
import { checkAccount } from './filter-publications.ts';
import { withApp } from './open.ts';
import { printLines, printNotes } from './print.ts';

/** `carillon resume [ACCOUNT…]` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    const { ledger, config } = app;
    const held = await ledger.holds();
    // An account that the config has lost may still be held.
    for (const name of call.args) checkAccount(name, [...config.accounts.keys(), ...held.keys()]);
    const accounts = call.args.length === 0 ? ['*'] : [...new Set(call.args)];
    const lines: string[] = [];
    for (const account of accounts) {
      lines.push((await resume(account, operatorName(), app)).says);
    }
    await app.putBackJobs();
    printLines(call.io, lines);
    const { frozen, holds } = await readObstacles(app);
    const calendar = openCalendar(config.timezone);
    printNotes(call.io, linesOfObstacles({ frozen, holds, duplicates: [] }, calendar));
    return EXIT.done;
  });
}
