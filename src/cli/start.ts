import { keepYoungMemorySmall } from '../processes/young-memory.ts';
import { askYesOrNo, isTerminal } from './ask.ts';
import { type Call, EXIT } from './call.ts';

/** `carillon start` */
export async function run(call: Call): Promise<number> {
  const { io } = call;
  keepYoungMemorySmall();
  const { start } = await import('../processes/start.ts');
  const isStarted = await start(call.valueOf('config'), {
    say: (line) => io.out(`${line}\n`),
    saysYes: call.has('yes'),
    ask: isTerminal(io) ? (question) => askYesOrNo(io, question, io.out) : undefined,
  });
  return isStarted ? EXIT.done : EXIT.failed;
}
