import { operatorName } from '../core/operator.ts';
import { count } from '../core/words.ts';
import { pause } from '../deeds/pause.ts';
import { type Call, EXIT } from './call.ts';
import { checkAccount } from './filter-publications.ts';
import { withApp } from './open.ts';
import { printLines } from './print.ts';

/** `carillon pause [ACCOUNT…]` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    for (const name of call.args) checkAccount(name, [...app.config.accounts.keys()]);
    const accounts = call.args.length === 0 ? ['*'] : [...new Set(call.args)];
    const lines: string[] = [];
    for (const account of accounts) {
      lines.push((await pause(account, operatorName(), app)).says);
    }
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
