import { type Lack, sayLack } from '../core/lack.ts';
import type { StoryEvent } from '../core/publication.ts';
import type { Calendar } from '../core/say-time.ts';
import { count, sayDuration } from '../core/words.ts';

type Detail = StoryEvent['detail'];

/** What the sentences need to know besides the event. */
export interface StoryContext {
  readonly calendar: Calendar;
  /** How many texts the post has: one, or the parts of a thread. */
  readonly parts: number;
}

type Say = (detail: Detail, context: StoryContext) => string;

/** A sentence for every kind of event that the ledger writes. */
export const STORY_SENTENCES: Readonly<Record<string, Say>> = {
  planned: ({ due, because }, { calendar }) =>
    `Planned for ${sayWhen(due, calendar)}${sayWhy(because)}.`,
  'planned again': ({ due, because }, { calendar }) =>
    `Back in the config: planned for ${sayWhen(due, calendar)}${sayWhy(because)}.`,
  moved: ({ from, due, by, because }, { calendar }) =>
    `Moved ${from === undefined ? '' : `from ${sayWhen(from, calendar)} `}to ${sayWhen(due, calendar)}${by === undefined ? '' : ` by ${by}`}${sayWhy(because)}.`,
  approved: ({ by, from, due }, { calendar }) =>
    `Approved by ${by}${from === 'config' ? ', as the config says' : ''}, as it stands and for ${sayWhen(due, calendar)}.`,
  waits: ({ why }) =>
    why === 'person'
      ? 'It is held by hand: it waits until somebody releases it.'
      : why === 'correction'
        ? 'It waits until what it corrects is deleted.'
        : why === 'draft'
          ? 'It is a draft: it is not sent.'
          : 'It waits for approval.',
  rewritten: () => 'The post was changed.',
  'came too late': ({ due }, { calendar }) =>
    `Its time, ${sayWhen(due, calendar)}, was past when it came into the config: it is not sent.`,
  'left out': () => 'The rules leave it no time any more: it is not sent.',
  cancelled: ({ by }) =>
    by === 'apply' ? 'Taken out, as the config does not have it.' : `Cancelled by ${by}.`,
  missed: ({ why }) => sayMissed(why),
  held: ({ account }) => `Due, but held: ${account} is paused.`,
  limited: ({ at, of }, { calendar }) =>
    at === undefined
      ? 'Waits for its turn: a limit of the network is near.'
      : `Waits for the limit of its ${of === 'app' ? 'app' : 'account'} until ${sayWhen(at, calendar)}.`,
  'held by hand': ({ by, why }) => `Held by ${by}${sayWhy(why)}.`,
  released: ({ by }) => `Released by ${by}.`,
  resumed: ({ by }) => `Let go on by ${by}.`,
  'over budget': (detail) => `Due, but held: ${sayLack(readLack(detail))}.`,
  'within budget': () => 'The budget has room for it by now: it goes on.',
  'let over budget': ({ by }) => `Let go on by ${by}, beyond the budget.`,
  'handed over': () => 'Handed over: a person posts it by hand.',
  'looked for first': ({ lateBy, old }) =>
    old === 1
      ? 'It is older than the last recovery and may have gone out: looked for on the account before anything is sent.'
      : `Late by ${sayDuration(Number(lateBy))} and never tried here: looked for on the account before anything is sent.`,
  sending: ({ attempt, part, sender }, { parts }) =>
    `Attempt ${attempt}: the request ${partOf(part, parts)}goes out${sayWorker(sender)}.`,
  posted: (detail, { parts }) => sayPosted(detail, parts),
  duplicate: ({ url }) => `A second, different post of it turned up: ${url}`,
  refused: (detail) => `Refused by the network: ${sayError(detail)}`,
  'not sent': (detail) => `Not sent: ${sayError(detail)}`,
  'put off': (detail) => `Put off: ${sayError(detail)}`,
  'gave up': ({ attempts }) => `All ${count(Number(attempts), 'attempt')} used up: given up.`,
  'account refused': (detail) => `The network refuses the account: ${sayError(detail)}`,
  'outcome unknown': (detail) => `It may be live, no clear answer came: ${sayError(detail)}`,
  'sender vanished': () =>
    'The worker that was sending it did not report back: it may be live, and is looked for.',
  'claim lost': () =>
    'The worker that had it ended before it sent anything: another one takes over.',
  'not there': ({ look }) => `Look ${look} at the account: it is not there.`,
  'proven absent': () => 'Proven not to be live: it may be sent.',
  'said to be there': ({ message }) => String(message ?? 'The network says that it is there.'),
  'account unreadable': (detail) => `The account could not be read: ${sayError(detail)}`,
  'sent again': ({ by }) => `Set to be sent again by ${by}.`,
  'sent again, said not to be live': ({ by }) =>
    `Set to be sent again by ${by}, who has looked and says that it is not live.`,
  'to be taken back': ({ by, why }) =>
    `${by ?? 'Somebody'} wants it to be gone${why === undefined ? '' : `: ${why}`}.`,
  deleted: ({ part, how, url }, { parts }) => sayDeleted(Number(part), parts, how, url),
  'not deleted': (detail) => `Not deleted: ${sayError(detail)}`,
  retracted: () => 'Nothing of it is left: it is retracted.',
  corrects: ({ by, old }) => `Planned by ${by} in the place of ${old}, with a corrected text.`,
  'corrected anew': ({ by, new: name }) =>
    `Corrected by ${by}: it is taken back, and ${name} takes its place.`,
  'to be corrected': ({ by }) => `${by ?? 'Somebody'} wants its text to be changed on the network.`,
  corrected: ({ by, from, to }) => `Its text was changed for ${by}, from “${from}” to “${to}”.`,
  'not corrected': (detail) => `Its text was not changed: ${sayError(detail)}`,
  'link in doubt': (detail) => sayLink(detail),
  'link works': () => 'Its link works as it should.',
  'seen by strangers': ({ message, advice }) =>
    ['Looked at without logging in.', message, advice].filter(Boolean).join(' '),
  'journal knows of an attempt': () =>
    'A worker’s journal knows of an attempt that Redis had forgotten: it may be live, and is looked for.',
};

/** One line of a story as a sentence. A kind that is not known yet is printed with its facts. */
export function sayEvent({ kind, detail }: StoryEvent, context: StoryContext): string {
  const say = Object.hasOwn(STORY_SENTENCES, kind) ? STORY_SENTENCES[kind] : undefined;
  if (say !== undefined) return say(detail, context);
  const facts = Object.entries(detail).map(([name, value]) => `${name} ${value}`);
  const name = kind.charAt(0).toUpperCase() + kind.slice(1);
  return facts.length === 0 ? `${name}.` : `${name}: ${facts.join(', ')}.`;
}

function sayWhen(due: string | number | undefined, calendar: Calendar): string {
  const instant = Number(due);
  return Number.isFinite(instant) ? calendar.short(instant) : 'an unknown time';
}

/** What the rules of the config had to do with it. */
function sayWhy(because: string | number | undefined): string {
  return because === undefined ? '' : `: ${because}`;
}

function sayMissed(why: string | number | undefined): string {
  switch (why) {
    case 'held too long':
      return 'Missed: it was held until its last moment had passed.';
    case 'not approved':
      return 'Missed: nobody had approved it when its last moment had passed.';
    case 'limited':
      return 'Missed: the limit of its account left it no time.';
    case 'no money':
      return 'Missed: the budget had no room for it until its last moment had passed.';
    case 'no time left':
      return 'Missed: its last moment comes before the next try could.';
    default:
      return 'Missed: its last moment had passed before it could go out.';
  }
}

function readLack({ whose, limit, taken, cost, month, currency }: Detail): Lack {
  return {
    whose: String(whose ?? 'its account'),
    ...{ limit: Number(limit ?? 0), taken: Number(taken ?? 0), cost: Number(cost ?? 0) },
    ...{ month: String(month ?? ''), currency: String(currency ?? '') },
  };
}

function sayPosted({ part, url, evidence }: Detail, parts: number): string {
  const what = parts > 1 ? `Part ${Number(part) + 1} of ${parts} is up` : 'Published';
  switch (evidence) {
    case 'answered':
      return `${what}: ${url}`;
    case 'found':
      return `${what}, found on the account: ${url}`;
    case 'journal':
      return `${what}, as a worker’s journal knows: ${url}`;
    default:
      return `${what}, ${evidence}: ${url}`;
  }
}

function sayDeleted(
  part: number,
  parts: number,
  how: string | number | undefined,
  url: string | number | undefined,
): string {
  const what = parts > 1 ? `Part ${part + 1} of ${parts} is deleted` : 'Deleted';
  switch (how) {
    case 'by hand':
      return `${what} by hand, as somebody says: ${url}`;
    case 'journal':
      return `${what}, as a journal knows: ${url}`;
    default:
      return `${what}: ${url}`;
  }
}

function partOf(part: string | number | undefined, parts: number): string {
  return parts > 1 ? `for part ${Number(part) + 1} of ${parts} ` : '';
}

/** The host and process of `<host>:<pid>:<start>`. */
function sayWorker(sender: string | number | undefined): string {
  const [, host, pid] = /^(.*):(\d+):[^:]*$/.exec(String(sender ?? '')) ?? [];
  return host === undefined ? '' : ` from ${host}, process ${pid}`;
}

function sayLink({ code, message, advice }: Detail): string {
  const words = [message ?? 'something is wrong with it.', advice].filter(Boolean).join(' ');
  return `About its link: ${words}${code === undefined ? '' : ` (${code})`}`;
}

function sayError({ code, message }: Detail): string {
  const words = String(message ?? 'no reason was given.');
  return code === undefined ? words : `${words} (${code})`;
}
