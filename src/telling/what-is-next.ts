import type { Calendar } from '../core/say-time.ts';
import { sayLimit } from './limit-text.ts';
import type { Shown } from './shown.ts';

/** What comes next, and when; what a person can do, if anything. */
export function whatIsNext(shown: Shown, calendar: Calendar): readonly string[] {
  const { publication, hold, isFrozen, isRecovering, now } = shown;
  const { publication: name, state, error, nextAt } = publication;
  const until = isRecovering ? 'every host has told what it has sent' : '"carillon thaw"';
  const frozen = isFrozen ? [`The ledger is frozen: nothing is sent until ${until}.`] : [];
  switch (state) {
    case 'scheduled':
      return [...frozen, ...nextOfScheduled(shown, calendar)];
    case 'held':
      return [...frozen, ...nextOfHeld(shown, calendar)];
    case 'sending':
      return ['It is being sent at this moment.'];
    case 'unconfirmed':
      return [
        ...frozen,
        ...(error === undefined ? [] : [error.message, error.advice]),
        nextAt === undefined || nextAt <= now
          ? 'Carillon looks at the account at once.'
          : `Carillon looks at the account at ${calendar.seconds(nextAt)}.`,
      ];
    case 'published':
      return error === undefined ? ['Nothing: it is live.'] : [error.message, error.advice];
    case 'handoff':
      return nextOfHandoff(shown);
    case 'failed':
    case 'missed':
      return [
        ...(error === undefined ? [] : [error.message, error.advice]),
        `"carillon retry ${name}" sends it again${hold === undefined ? '' : ', once its account goes on'}.`,
      ];
    case 'cancelled':
      return [`Nothing: it was taken out by ${publication.cancelledBy ?? 'a person'}.`];
    case 'retracted':
      return [
        publication.correctedAs === undefined
          ? 'Nothing: it was published and taken back.'
          : `Nothing: it was taken back, and ${publication.correctedAs} took its place.`,
      ];
  }
}

function nextOfHeld(shown: Shown, calendar: Calendar): readonly string[] {
  const { error, publishBy, approval } = shown.publication;
  const end = `until ${calendar.long(publishBy)}; then it is missed.`;
  if (approval?.isWaiting && error !== undefined) {
    return [error.message, error.advice, `It waits ${end}`];
  }
  if (error?.code === 'waits-for-retraction') return [error.message, error.advice];
  const said = error === undefined ? [] : [error.message];
  if (error?.code === 'held-by-hand') {
    return [
      ...said,
      `"carillon release ${shown.publication.publication}" lets it go on. It waits ${end}`,
    ];
  }
  if (error?.code === 'over-budget') return [...said, error.advice, `It waits ${end}`];
  return [...said, `It waits for "${resumeCommand(shown)}" ${end}`];
}

function nextOfScheduled(shown: Shown, calendar: Calendar): readonly string[] {
  const { publication, hold, now } = shown;
  const { due, nextAt, attempts, error } = publication;
  const at = Math.max(due, nextAt ?? due);
  const again = error === undefined ? [] : [error.message];
  const what = attempts > 0 || error !== undefined ? 'It is tried again' : 'It goes out';
  if (hold !== undefined) {
    const until = `until "${resumeCommand(shown)}"`;
    return [...again, `It is planned for ${calendar.long(at)}, and held ${until}.`];
  }
  if (publication.limit !== undefined) return [...again, ...sayLimit(publication, now, calendar)];
  if (at <= now) return [...again, `${what} as soon as a worker takes it.`];
  return [...again, `${what} on ${calendar.exact(at)}.`];
}

function nextOfHandoff({ publication, composerUrl }: Shown): readonly string[] {
  const where = composerUrl === undefined ? 'on the network' : `at ${composerUrl}`;
  return [
    `Copy the text between the lines above and post it ${where}, with the images if there are any.`,
    `Then say where it is: carillon confirm ${publication.publication} ADDRESS`,
  ];
}

function resumeCommand({ publication, hold }: Shown): string {
  return hold === '*' ? 'carillon resume' : `carillon resume ${publication.account}`;
}
