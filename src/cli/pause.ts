import type { App } from '../app.ts';
import { operatorName } from '../core/operator.ts';
import { type Call, EXIT } from './call.ts';
import { checkAccount } from './filter-publications.ts';
import { sayHold } from './obstacles.ts';
import { withApp } from './open.ts';
import { printLines } from './print.ts';
import { type Calendar, openCalendar } from './say-time.ts';
import { count } from './words.ts';

/** `carillon pause [ACCOUNT…]` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    for (const name of call.args) checkAccount(name, [...app.config.accounts.keys()]);
    const calendar = openCalendar(app.config.timezone);
    const accounts = call.args.length === 0 ? ['*'] : [...new Set(call.args)];
    const lines: string[] = [];
    for (const account of accounts) lines.push(await pause(account, app, calendar));
    const sending = await app.ledger.list(['sending']);
    const left = sending.filter((one) =>
      accounts.some((name) => name === '*' || name === one.account),
    );
    if (left.length > 0) {
      lines.push(`${count(left.length, 'request')} had left before and cannot be called back.`);
    }
    printLines(call.io, lines);
    return EXIT.done;
  });
}

async function pause(account: string, { ledger }: App, calendar: Calendar): Promise<string> {
  const isPaused = await ledger.pause(account, {
    kind: 'operator',
    by: operatorName(),
    reason: 'paused by hand',
    at: await ledger.now(),
  });
  if (!isPaused) {
    const hold = (await ledger.holds()).get(account);
    if (hold !== undefined) return sayHold(account, hold, calendar);
  }
  const what = account === '*' ? 'Everything is paused' : `${account} is paused`;
  const resume = account === '*' ? 'carillon resume' : `carillon resume ${account}`;
  return `${what}: from this moment nothing is sent. "${resume}" lets it go on.`;
}
