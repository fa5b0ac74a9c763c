import { fileURLToPath } from 'node:url';
import { silentLog } from '../../src/core/log.ts';
import { untilShutdown } from '../../src/core/shutdown.ts';
import { supervise } from '../../src/supervisor/supervise.ts';

// A supervisor with two parts, for tests that kill it. Says the numbers of its parts on standard output.
const script = fileURLToPath(new URL('./scripted-part.ts', import.meta.url));
const part = { command: process.execPath, args: ['--import', 'tsx', script, 'works'] };
await using supervisor = supervise(
  [
    { name: 'one', ...part },
    { name: 'two', ...part },
  ],
  { log: silentLog, onLine: () => {} },
);
await supervisor.settled;
process.stdout.write(`${JSON.stringify(supervisor.parts().map((state) => state.pid))}\n`);
await untilShutdown();
