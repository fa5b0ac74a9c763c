import { type FitRequest, fitFile } from './fit-file.ts';

/** Fits images for the process that has started this one, and ends with it. */
process.on('message', async (request: FitRequest) => {
  const answer = await fitFile(request);
  process.send?.(answer);
});
process.on('disconnect', () => process.exit());
// A stop is meant for the whole of Carillon: who waits for an image says when it is no longer wanted.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
