import { thisSender } from '../../src/core/sender.ts';

// A process that says how it is called as a sender, and stays until it is ended.
process.stdout.write(`${thisSender()}\n`);
setInterval(() => {}, 1_000);
