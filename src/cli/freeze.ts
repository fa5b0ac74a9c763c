import { operatorName } from '../core/operator.ts';
import { openCalendar } from '../core/say-time.ts';
import { type Call, EXIT } from './call.ts';
import { withApp } from './open.ts';
import { printLines } from './print.ts';

/** `carillon freeze [REASON…]` */
export function run(call: Call): Promise<number> {
  return withApp(call, async ({ ledger, config }) => {
    const isFrozen = await ledger.freeze(call.args.join(' ') || 'frozen by hand', operatorName());
    const before = isFrozen ? undefined : await ledger.frozen();
    if (before === undefined) {
      printLines(call.io, [
        'The ledger is frozen: nothing is sent until "carillon thaw". A request that has left cannot be called back.',
      ]);
    } else {
      const since = openCalendar(config.timezone).long(before.at);
      printLines(call.io, [
        `The ledger is frozen already, since ${since} by ${before.by} (${before.reason}).`,
      ]);
    }
    return EXIT.done;
  });
}
