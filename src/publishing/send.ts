import { OutcomeUnknownError } from '../core/errors.ts';
import type { Receipt } from '../core/post.ts';
import type { Outcome } from '../ledger/ledger.ts';
import type { Draft, SendWindow, Session } from '../networks/network.ts';
import { type AttemptOfPart, circumstances } from './attempt.ts';
import { outcomeOf } from './outcome.ts';
import { leaseMs, type Publishing } from './publishing.ts';

/**
 * The time in which the request may be written, by two clocks: one that stands still while the machine is
 * suspended, one that jumps. It starts before the ledger's window does, and ends well before it.
 */
export function openWindow(parts: readonly Receipt[], { clock, settings }: Publishing): SendWindow {
  const startedAt = clock.now();
  const started = clock.monotonic();
  const limit = settings.requestTimeoutMs;
  return {
    isFresh: () => clock.monotonic() - started < limit && Math.abs(clock.now() - startedAt) < limit,
    signal: AbortSignal.timeout(limit),
    earlier: parts.map(({ remoteId }) => remoteId),
  };
}

/** Makes the one request, and answers what came of it. */
export async function send(
  session: Session,
  attempt: AttemptOfPart,
  draft: Draft,
  window: SendWindow,
  publishing: Publishing,
): Promise<Outcome> {
  const { claim, part } = attempt;
  const { settings } = publishing;
  try {
    const receipt = await endBy(
      session.publish(claim.post, part, draft, window),
      settings.requestTimeoutMs + 500,
    );
    return { kind: 'posted', part, receipt, leaseMs: leaseMs(settings) };
  } catch (error) {
    return outcomeOf(error, circumstances(attempt, true, publishing));
  }
}

/** Should an SDK not heed its signal, the attempt ends all the same, in doubt. */
async function endBy<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = 'The network did not answer in time.';
      reject(new OutcomeUnknownError(message, { code: 'carillon:timeout' }));
    }, ms);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
