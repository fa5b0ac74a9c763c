import type { Account } from '../../src/core/account.ts';
import { type BenchPlan, openBench } from './bench.ts';
import type { Point } from './cells.ts';
import { startPlainWorker } from './plain-worker.ts';
import { dieHere, ledgerAt, openMeeting, sessionAt, standStill } from './strike.ts';

// A worker that dies, or stands still, at one point. The product has no switches for tests: what strikes here
// is wrapped around its pieces.

export interface WorkerPlan extends BenchPlan {
  readonly point: Point;
  readonly isFenced: boolean;
  /** The publications that are to reach the point, by account. */
  readonly publications: Readonly<Record<string, string>>;
}

const plan = JSON.parse(process.argv[2] ?? '') as WorkerPlan;
const { point, publications } = plan;
const bench = openBench(plan);
const meeting = openMeeting(point, new Set(Object.values(publications)), (reached) =>
  point.startsWith('stopped') ? standStill({ reached }) : dieHere({ reached }),
);
/** One that goes home for another reason is woken again. */
const isOver = new Set(['published', 'failed', 'missed']);
const publicationOf = (account: Account): string => publications[account.name] ?? '';

if (plan.isFenced) {
  await bench.startWorker({
    ...(point === 'stopped-elsewhere' && { sender: 'another-host.example:1:1' }),
    ledger: (ledger) => ledgerAt(ledger, meeting),
    session: (session, account) => sessionAt(session, publicationOf(account), meeting),
    handle: (handle) => async (wakeUp) => {
      const next = await handle(wakeUp);
      await meeting.arrive('before-job-completed', wakeUp.publication);
      if (next.kind === 'done' && isOver.has(next.because)) meeting.leave(wakeUp.publication);
      return next;
    },
  });
} else {
  startPlainWorker(bench, plan, meeting);
}
process.stdout.write('{"ready":true}\n');
