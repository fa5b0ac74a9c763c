import { untilShutdown } from '../../src/core/shutdown.ts';

// A part for tests of the supervisor. Its first argument says how it behaves.
const [behaviour] = process.argv.slice(2);
process.stdout.write(`started ${process.pid}\n`);
const shutdown = untilShutdown();
process.send?.({ ready: true, url: 'http://127.0.0.1:1' });
process.stdout.write(`stopped: ${await shutdown}\n`);
if (behaviour === 'hangs') setInterval(() => {}, 1000);
