import { runAsProcess } from '../src/cli/main.ts';

await runAsProcess(['worker', 'twitter', ...process.argv.slice(2)]);
