import { start } from '../processes/start.ts';
import { type Call, EXIT } from './call.ts';

/** `carillon start` */
export async function run(call: Call): Promise<number> {
  await start(call.valueOf('config'), (line) => call.io.out(`${line}\n`));
  return EXIT.done;
}
