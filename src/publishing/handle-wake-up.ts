import type { Next } from '../core/wake-up.ts';
import { sayDuration } from '../core/words.ts';
import type { Claim, Directive, Look } from '../ledger/ledger.ts';
import { confirm } from './confirm.ts';
import { logAbout } from './log-about.ts';
import { publish } from './publish.ts';
import { again, done, leaseMs, type Publishing } from './publishing.ts';
import { traceStep } from './traced-publishing.ts';

/** More than this late and never tried, a publication is looked for on the account before it is sent. */
const LOOK_IF_LATE_MS = 15 * 60_000;

/**
 * What a worker does with a job. The job only wakes: it may come twice, late, early or after a change, and the
 * ledger says what is to be done.
 */
export async function handleWakeUp(
  publication: string,
  generation: number,
  publishing: Publishing,
): Promise<Next> {
  const { ledger, settings, sender, log } = publishing;
  const name = publication.slice(publication.lastIndexOf('/') + 1);
  const known = await publishing.accountOf(name);
  if (known === undefined) {
    log.warn({ publication }, `The config has no account ${name}.`);
    return again(60_000, 'unknown account');
  }
  if (publishing.stopping.aborted) return again(1_000, 'the worker stops');

  const { account } = known;
  /** What is said and traced of it names the attempt. */
  const doStep = (
    step: 'attempt' | 'look',
    { attempt, trace }: Claim | Look,
    work: (mine: Publishing) => Promise<Next>,
  ): Promise<Next> => {
    const mine = { ...publishing, log: logAbout(log, { publication, attempt }) };
    return traceStep({ name: step, publication, account, attempt, trace }, mine, work);
  };

  const directive = await ledger.claim(publication, generation, {
    sender,
    leaseMs: leaseMs(settings),
    assisted: known.isAssisted,
    lookIfLateMs: LOOK_IF_LATE_MS,
    limits: known.limits,
    terms: known.terms,
  });
  switch (directive.to) {
    case 'wait':
      if (directive.limit)
        log.warn({ account: name, ...directive.limit }, sayLimit(name, directive.limit));
      return again(directive.inMs, directive.because);
    case 'go-home':
      if (directive.because === 'handoff') {
        log.info({ publication }, 'Handed over: a person posts it by hand.');
      }
      return done(directive.because);
    case 'look': {
      const { look } = directive;
      return doStep('look', look, (mine) => confirm(publication, account, look, mine));
    }
    case 'publish': {
      const { claim } = directive;
      return doStep('attempt', claim, (mine) => publish(publication, account, claim, mine));
    }
  }
}

type Waiting = Extract<Directive, { to: 'wait' }>;

/** Said once for each limit, whatever number of publications waits for it. */
function sayLimit(account: string, { forMs, of }: NonNullable<Waiting['limit']>): string {
  const whose = of === 'app' ? `the app of ${account}` : account;
  return `The limit of ${whose} at the network is reached: its publications wait ${sayDuration(forMs)} for it, in their order.`;
}
