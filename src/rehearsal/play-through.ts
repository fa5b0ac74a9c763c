import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Config } from '../core/config.ts';
import type { JumpingClock } from '../core/jumping-clock.ts';
import { isOpen } from '../core/publication.ts';

export interface Playing {
  readonly config: Config;
  readonly clock: JumpingClock;
  /** Milliseconds since 1970: nothing that is due later is waited for. */
  readonly to: number;
  readonly signal: AbortSignal;
}

/** What was due by the end may need retries and looks after it: so long they are waited for. */
const AFTER_MS = 3 * 86_400_000;
const LEAST_BETWEEN_PLANS_MS = 60_000;
/** A publication that is due again and again at the same instant waits for time to pass. */
const MOST_ROUNDS = 20;
const NUDGE_MS = 1_000;

/**
 * Applies the config, and jumps from event to event until everything that is due has come to its end. A job's delay
 * is by the real clock, and not waited for: after each jump the scheduler's own sweep finds what the ledger says is
 * due, and wakes its job, as it does in earnest for a job that oversleeps.
 */
export async function playThrough(app: App, playing: Playing): Promise<void> {
  const { clock, config, to, signal } = playing;
  let planAt = clock.now();
  for (;;) {
    signal.throwIfAborted();
    if (planAt <= clock.now()) {
      const { planAgainBy = Number.POSITIVE_INFINITY } = await app.apply(config);
      await approveAll(app);
      planAt = Math.max(planAgainBy, clock.now() + LEAST_BETWEEN_PLANS_MS);
    }
    const next = Math.min(planAt, await workUntilQuiet(app, playing));
    if (next > to && (next > to + AFTER_MS || !(await hasOpen(app, to)))) return;
    // A moment later, as nothing is overdue before.
    await clock.jumpTo(Math.max(next, clock.now()) + 1);
  }
}

/** People are taken to approve in time whatever waits for that. Drafts stay drafts. */
async function approveAll({ ledger }: App): Promise<void> {
  for (const { publication, approval, fingerprint, due } of await ledger.list()) {
    if (approval?.isWaiting !== true || approval.wanted.status === 'draft') continue;
    await ledger.approve(publication, { fingerprint, due }, 'rehearsal');
  }
}

/** Lets the workers do what is due, and what follows from that at once. Answers when something happens next. */
async function workUntilQuiet(app: App, { clock, signal }: Playing): Promise<number> {
  for (let rounds = 1; ; rounds++) {
    // Before the ledger is asked: what a worker has in hand looks as if it were to happen later.
    await untilIdle(app, signal);
    const next = (await app.ledger.nextWakeAt()) ?? Number.POSITIVE_INFINITY;
    if (next >= clock.now()) return next;
    if (rounds % MOST_ROUNDS === 0) await clock.jumpTo(clock.now() + NUDGE_MS);
    await app.sweep();
  }
}

async function untilIdle({ queues }: App, signal: AbortSignal): Promise<void> {
  while ((await queues.countBusy()) > 0) {
    signal.throwIfAborted();
    await wait(1);
  }
}

async function hasOpen({ ledger }: App, to: number): Promise<boolean> {
  return (await ledger.list()).some(({ due, state }) => due <= to && isOpen(state));
}
