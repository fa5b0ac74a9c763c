import { runAsProcess } from '../src/cli/main.ts';

await runAsProcess(['scheduler', ...process.argv.slice(2)]);
