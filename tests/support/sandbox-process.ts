import { startSandbox } from '../../src/sandbox/server.ts';

/** A sandbox as a process of its own, for tests that kill it: says its address and runs on. */
const { url } = await startSandbox({ port: 0, dataDir: process.argv[2] ?? '' });
process.stdout.write(`${url}\n`);
