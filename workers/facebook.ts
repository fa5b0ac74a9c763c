import { runAsProcess } from '../src/cli/main.ts';

await runAsProcess(['worker', 'facebook', ...process.argv.slice(2)]);
