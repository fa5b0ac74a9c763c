import { runAsProcess } from '../src/cli/main.ts';

await runAsProcess(['worker', 'youtube', ...process.argv.slice(2)]);
