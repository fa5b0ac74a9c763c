import { startSandbox } from '../../src/sandbox/server.ts';

/** The three networks on a loopback port, as a process of its own; they keep everything in memory. */
const { url } = await startSandbox({ port: 0, takesRepeats: true });
process.send?.({ url });
