import type { Account } from '../core/account.ts';
import { isPublishError } from '../core/errors.ts';
import type { PublicationError } from '../core/publication.ts';
import { endSender, stateOfSender } from '../core/sender.ts';
import type { Next } from '../core/wake-up.ts';
import type { Look } from '../ledger/ledger.ts';
import type { Draft, RemotePost } from '../networks/network.ts';
import { again, type Publishing } from './publishing.ts';
import { nextAfter } from './settle.ts';

/** Failures to read the account before a person is asked. */
const PATIENCE = 3;
/** A busy account takes many pages to read; each of them has its own time-out besides. */
const LEAST_LOOK_MS = 60_000;

/** Looks at the account for a publication that may be live, and lets the ledger decide by what is there. */
export async function confirm(
  publication: string,
  account: Account,
  look: Look,
  publishing: Publishing,
): Promise<Next> {
  const { ledger, settings, log } = publishing;
  if (!(await isSenderGone(publication, look, publishing))) {
    return again(500, 'its sender may still be sending');
  }

  let seen: readonly RemotePost[];
  try {
    const session = await publishing.sessionOf(account);
    seen = await session.find(look.post, look.part, {
      since: new Date(look.since),
      draft: look.draft as Draft | undefined,
      signal: AbortSignal.any([
        AbortSignal.timeout(Math.max(3 * settings.requestTimeoutMs, LEAST_LOOK_MS)),
        publishing.stopping,
      ]),
    });
  } catch (error) {
    // It says nothing of the account; another worker looks once this look's time is over.
    if (publishing.stopping.aborted) return again(1_000, 'the worker stops');
    const said = unreadable(error, publication, look);
    const lookInMs = lookAgainInMs(error, look, publishing);
    log.warn({ publication, code: said.code, lookInMs }, said.message);
    const answer = await ledger.judge(publication, look, {
      kind: 'unreadable',
      error: said,
      lookInMs,
    });
    return nextAfter(answer);
  }

  for (const { remoteId, url } of seen) {
    const answer = await ledger.judge(publication, look, {
      kind: 'found',
      part: look.part,
      receipt: { remoteId, url },
    });
    if (!answer.accepted) continue;
    log.info({ publication, url }, 'Found on the account: it is published.');
    return nextAfter(answer);
  }

  const looks = look.number + 1;
  const isFinal = look.isPrecaution || looks >= settings.confirmAfterMs.length;
  if (isFinal && look.isSaidToBeThere) {
    const answer = await ledger.judge(publication, look, {
      kind: 'contradicted',
      error: contradicted(publication),
      lookInMs: lookAgainInMs(undefined, look, publishing),
    });
    return nextAfter(answer);
  }
  const answer = await ledger.judge(publication, look, {
    kind: 'absent',
    isFinal,
    lookAt: look.doubtAt + (settings.confirmAfterMs[looks] ?? 0),
    maxAttempts: settings.attempts,
  });
  log.info({ publication, look: looks, state: answer.state }, 'Not on the account.');
  return nextAfter(answer);
}

/**
 * Makes sure that whoever may still be sending is not: a process on this host is ended. One on another host
 * cannot be looked at; there the last look comes late enough.
 */
async function isSenderGone(
  publication: string,
  { sender }: Look,
  { sender: self, inFlight, log }: Publishing,
): Promise<boolean> {
  if (sender === undefined) return true;
  if (sender === self) return !inFlight.has(publication);
  switch (stateOfSender(sender)) {
    case 'gone':
    case 'elsewhere':
      return true;
    case 'running':
      log.warn({ publication, sender }, 'A worker did not end its attempt in time: it is ended.');
      return endSender(sender);
  }
}

function unreadable(error: unknown, publication: string, look: Look): PublicationError {
  const code = isPublishError(error) ? error.code : 'carillon:bug';
  const words = error instanceof Error ? error.message : String(error);
  if (!isPermanent(error) && look.failures + 1 < PATIENCE) {
    return {
      code,
      message: `It may be live, and the account could not be read: ${words}`,
      advice: 'Nothing to do yet: Carillon looks again.',
    };
  }
  return {
    code,
    message: `It may be live, and the account cannot be read: ${words}`,
    advice: askPerson(publication),
  };
}

function contradicted(publication: string): PublicationError {
  return {
    code: 'carillon:said-to-be-there',
    message:
      'The network refuses it as already posted, and the account does not show it: it is most likely live. Carillon goes on looking.',
    advice: askPerson(publication),
  };
}

function askPerson(publication: string): string {
  return (
    `Look at the account. If the post is there, run "carillon confirm ${publication} ADDRESS"; ` +
    `if it is not, run "carillon retry ${publication} --not-posted".`
  );
}

function isPermanent(error: unknown): boolean {
  return (
    isPublishError(error) && (error.name === 'UnauthorizedError' || error.name === 'RejectedError')
  );
}

/** Soon where it may pass, ever more seldom where it does not, but no more seldom than the last look comes. */
function lookAgainInMs(error: unknown, look: Look, { settings, clock }: Publishing): number {
  if (isPublishError(error) && error.name === 'RateLimitedError') {
    return Math.max(1_000, error.retryAt.getTime() - clock.now());
  }
  const { confirmAfterMs } = settings;
  const [first, last] = [confirmAfterMs[0] ?? 1_000, confirmAfterMs.at(-1) ?? 0];
  const wait = Math.max(first, 500) * 2 ** Math.min(look.failures, 10);
  return Math.min(wait, Math.max(last, LEAST_LOOK_MS));
}
