import { operatorName } from '../core/operator.ts';
import { type Call, EXIT } from './call.ts';
import { withApp } from './open.ts';
import { printLines } from './print.ts';

/** `carillon thaw` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    const isThawed = await app.thaw(operatorName());
    if (isThawed) await app.putBackJobs();
    printLines(call.io, [
      isThawed
        ? 'The ledger goes on. What is due within the next minutes is looked for on its account before it is sent.'
        : 'The ledger was not frozen.',
    ]);
    return EXIT.done;
  });
}
