import { resolve } from 'node:path';
import { operatorName } from '../core/operator.ts';
import { openCalendar } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import { type Call, EXIT } from './call.ts';
import { withApp } from './open.ts';
import { printJson, printLines } from './print.ts';

/** `carillon restore FILE` */
export async function run(call: Call): Promise<number> {
  const { io, args } = call;
  const file = resolve(io.cwd ?? '', args[0] ?? '');
  const isKeptFrozen = call.has('keep-frozen');
  let at = 0;
  await withApp(call, async (app) => {
    const keepFrozenBy = isKeptFrozen ? operatorName() : undefined;
    at = (await app.restore(file, { isReplacing: call.has('replace'), keepFrozenBy })).at;
    return EXIT.done;
  });
  // Opened anew: by its old name the ledger finds its journals again.
  return withApp(call, async (app) => {
    await app.finishRestore();
    const { ledger, config } = app;
    const publications = (await ledger.list()).length + (await ledger.countArchived());
    if (call.has('json')) {
      const isFrozen = (await ledger.frozen()) !== undefined;
      printJson(io, { file, at: new Date(at).toISOString(), publications, isFrozen });
      return EXIT.done;
    }
    printLines(io, [
      `The ledger is as it was on ${openCalendar(config.timezone).exact(at)}, with ${count(publications, 'publication')}, and knows what the journals of this host know besides.`,
      'What may have gone out since is looked for on the accounts before it is sent. What people did since is forgotten: "carillon plan" and "carillon status" show what is to go out; cancel, hold or move it before you start Carillon.',
      'Tokens that were renewed since open nothing any more: "carillon doctor" says which accounts to connect again.',
      isKeptFrozen
        ? 'It stays frozen: start the workers of every host, run "carillon verify", then "carillon thaw".'
        : 'If workers ran on other hosts too, run "carillon freeze" now; then start each of them, run "carillon verify", and "carillon thaw".',
    ]);
    return EXIT.done;
  });
}
