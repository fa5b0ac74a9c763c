import type { PublishingSettings } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import type { Terms } from '../core/prices.ts';
import { stateOfSender } from '../core/sender.ts';
import type { PlannedWakeUp } from '../core/wake-up.ts';
import type { Ledger, Wakeable } from '../ledger/ledger.ts';
import type { Queues } from '../queue/queues.ts';

export interface Sweeping {
  readonly ledger: Ledger;
  readonly queues: Queues;
  readonly settings: PublishingSettings;
  readonly log: Log;
  /** What each account that costs something pays and may spend, at this moment. */
  readonly terms?: () => ReadonlyMap<string, Terms>;
}

const PAGE = 1_000;

/**
 * Takes care of everything whose time is over: claims and sendings of workers that are gone, publications that
 * are too late, and those that are due without a job. Safe to run in several processes, at any time.
 */
export async function sweep(sweeping: Sweeping): Promise<void> {
  const { ledger } = sweeping;
  for (const wakeable of await ledger.underWay()) await expireIfOver(wakeable, sweeping);

  await freeWhatHasMoney(sweeping);
  const now = await ledger.now();
  const overdue = await ledger.wakeable(now - 1, PAGE);
  const late = overdue.filter(({ publishBy }) => publishBy < now);
  for (const wakeable of late) await missIfTooLate(wakeable, sweeping);
  await putBackJobs(overdue.filter(isWaiting), sweeping);
  const turns = await ledger.advanceLines();
  if (turns.length > 0) await sweeping.queues.enqueue(turns);
}

/** What was held for lack of money gets its job like all else that is due. */
async function freeWhatHasMoney({ ledger, settings, terms, log }: Sweeping): Promise<void> {
  const all = terms?.();
  if (all === undefined || all.size === 0) return;
  for (const publication of await ledger.reconsider(all, settings.resumeGapMs)) {
    log.info({ publication }, 'The budget has room for it: it goes on.');
  }
}

/** Puts back every job that Redis has lost, of whatever time. */
export async function putBackAllJobs(sweeping: Sweeping): Promise<void> {
  let page: number | undefined = 0;
  while (page !== undefined) page = await putBackPage(page, sweeping);
}

/**
 * Puts back the jobs that Redis has lost of one page of all publications, soonest first.
 *
 * @returns the number of the next page; undefined after the last
 */
export async function putBackPage(page: number, sweeping: Sweeping): Promise<number | undefined> {
  const wakeables = await sweeping.ledger.withWake(page * PAGE, PAGE);
  await putBackJobs(wakeables.filter(isWaiting), sweeping);
  return wakeables.length < PAGE ? undefined : page + 1;
}

function isWaiting({ state }: Wakeable): boolean {
  return state === 'scheduled' || state === 'unconfirmed';
}

async function expireIfOver(
  { publication, network, fence, sender, wakeInMs, state, attempts, trace }: Wakeable,
  { ledger, queues, settings, log }: Sweeping,
): Promise<void> {
  const senderIsGone = sender !== undefined && stateOfSender(sender) === 'gone';
  if (wakeInMs > 0 && !senderIsGone) return;
  const lookAfterMs = settings.confirmAfterMs[0] ?? 0;
  const step = await ledger.expire(publication, fence, { senderIsGone, lookAfterMs });
  if (!step.changed) return;
  const fields = { publication, attempt: attempts, was: state, state: step.state };
  log.warn(fields, 'Its worker did not finish it.');
  const inMs = step.state === 'unconfirmed' ? lookAfterMs : 0;
  await queues.enqueue([{ publication, network, generation: step.generation, inMs, trace }]);
}

async function missIfTooLate(
  { publication, state, attempts }: Wakeable,
  { ledger, log }: Sweeping,
): Promise<void> {
  if (state !== 'scheduled' && state !== 'held') return;
  const step = await ledger.miss(publication);
  if (!step.changed) return;
  log.error({ publication, attempt: attempts }, 'Missed: its last moment has passed.');
}

async function putBackJobs(
  wakeables: readonly Wakeable[],
  { ledger, queues, log }: Sweeping,
): Promise<void> {
  const wanted = wakeables.map(({ publication, network, generation, wakeInMs, trace }) => ({
    publication,
    network,
    generation,
    inMs: wakeInMs,
    trace,
  }));
  const missing = await queues.withoutJob(wanted);
  const fresh: PlannedWakeUp[] = [];
  for (const wakeUp of missing) {
    // A new generation, as BullMQ would ignore an id that it still remembers.
    const step = await ledger.renew(wakeUp.publication, wakeUp.generation);
    if (step.changed) fresh.push({ ...wakeUp, generation: step.generation });
  }
  if (fresh.length === 0) return;
  await queues.enqueue(fresh);
  log.info({ count: fresh.length }, 'Made jobs for publications that had none.');
}
