import type { FitRequest } from '../../src/media/fit-file.ts';

/** Does with an image what the library might do with one that is made for it: dies, or never ends. */
process.on('message', ({ file }: FitRequest) => {
  if (file === 'dies') process.kill(process.pid, 'SIGSEGV');
  if (file === 'works') process.send?.({ fault: `Answered by ${process.pid}.` });
});
process.on('disconnect', () => process.exit());
