import { count } from '../core/words.ts';
import { type Call, EXIT } from './call.ts';
import { withApp } from './open.ts';
import { printLines } from './print.ts';

/** `carillon rekey` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    const { accounts, keptIn } = await app.credentials.rekey();
    printLines(call.io, [
      `The tokens of ${count(accounts, 'account')} are sealed with the new key, which is in ${keptIn}. The old key opens nothing any more.`,
      keptIn === 'CARILLON_SECRET_KEY'
        ? 'Remove CARILLON_OLD_SECRET_KEY, and start what runs elsewhere with the new key.'
        : 'Back the new key up: without it every account has to be connected again.',
    ]);
    return EXIT.done;
  });
}
