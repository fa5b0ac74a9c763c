import { operatorName } from '../core/operator.ts';
import { thaw } from '../deeds/thaw.ts';
import { type Call, EXIT } from './call.ts';
import { withApp } from './open.ts';
import { printLines } from './print.ts';

/** `carillon thaw` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    const { says } = await thaw(operatorName(), app);
    printLines(call.io, [says]);
    return EXIT.done;
  });
}
