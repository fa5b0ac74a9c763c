import { type Cost, sayMoney } from '../core/money.ts';
import { type Post, partsOf } from '../core/post.ts';
import type { Publication, StoryEvent } from '../core/publication.ts';
import type { KnownEntry } from '../feeds/feed-memory.ts';
import { wrap } from './layout.ts';
import { frameText, linesBesideText } from './preview-text.ts';
import { type Calendar, isoTime } from './say-time.ts';
import { publicationAsJson, type StatusSetting } from './status-text.ts';
import { type StoryContext, sayEvent } from './story-text.ts';

/** Everything that is known of one publication. */
export interface Shown {
  readonly publication: Publication;
  /** Unknown for a record that was rebuilt from a worker's journal. */
  readonly post: Post | undefined;
  readonly story: readonly StoryEvent[];
  /** What is paused: everything, its account, or neither. */
  readonly hold: '*' | 'account' | undefined;
  readonly isFrozen: boolean;
  /** Where a person posts by hand. */
  readonly composerUrl: string | undefined;
  readonly networkName: string;
  /** The feed that has given the article, and what is remembered of it. */
  readonly origin?: { readonly feed: string; readonly known: KnownEntry } | undefined;
  /** What is still to be paid for it; missing for nothing. */
  readonly toCome?: Cost | undefined;
  /** True if nothing is really paid. */
  readonly sandbox?: boolean;
  /** By the clock of Redis. */
  readonly now: number;
}

/** The whole story of a publication, for people. */
export function linesOfShow(shown: Shown, setting: StatusSetting): readonly string[] {
  const { publication, post, networkName } = shown;
  const { calendar, ink, width } = setting;
  const { state, due, publishBy } = publication;
  const head = [
    `${ink.bold(publication.publication)} · ${networkName} · ${state}`,
    ...wrap(`Due ${calendar.exact(due)}, at the latest ${calendar.short(publishBy)}.`, width),
    ...wrap(sayByWhom(publication, calendar), width),
    ...(publication.receipt ? [publication.receipt.url] : []),
    ...wrap(sayCosts(shown), width),
    ...linesOfOrigin(shown, setting),
  ];
  const context = contextOf(shown, calendar);
  return [
    ...head,
    '',
    ...linesOfPost(post, setting),
    '',
    ink.bold('Story'),
    ...linesOfStory(shown.story, context, width),
    '',
    ink.bold('Next'),
    ...whatIsNext(shown, calendar).flatMap((sentence) => wrap(sentence, width, '  ')),
  ];
}

/** Who has approved or moved it, if anybody has. */
function sayByWhom({ approval, moved }: Publication, calendar: Calendar): string {
  const { given, isWaiting } = approval ?? {};
  const approved =
    given === undefined || isWaiting
      ? ''
      : `Approved by ${given.by} on ${calendar.short(given.at)}.`;
  return [approved, moved === undefined ? '' : `Moved by ${moved.by}.`].join(' ').trim();
}

/** What it has cost, and what it still costs by the prices of the config. */
function sayCosts({ publication, toCome, sandbox = false }: Shown): string {
  const { spent } = publication;
  const would = sandbox ? ' outside the sandbox' : '';
  return [
    ...(spent === undefined
      ? []
      : [
          `It ${sandbox ? 'would have' : 'has'} cost ${sayMoney(spent.amount, spent.currency)}${would}.`,
        ]),
    ...(toCome === undefined || toCome.amount === 0
      ? []
      : [
          `It ${sandbox ? 'would cost' : 'will cost'} ${sayMoney(toCome.amount, toCome.currency)}${would}.`,
        ]),
  ].join(' ');
}

function linesOfOrigin({ origin }: Shown, { calendar, width }: StatusSetting): string[] {
  if (origin === undefined) return [];
  const { title, link, firstSeen } = origin.known;
  const where = link === undefined ? '' : ` ${link}`;
  return wrap(
    `From the feed ${origin.feed}, first seen there ${calendar.short(firstSeen)}: ${title}${where}`,
    width,
  );
}

function contextOf({ post }: Shown, calendar: Calendar): StoryContext {
  return { calendar, parts: post === undefined ? 1 : partsOf(post).length };
}

function linesOfPost(post: Post | undefined, setting: StatusSetting): readonly string[] {
  if (post === undefined) return ['Its text is not known: it was rebuilt from a worker’s journal.'];
  return [...frameText(post, setting), ...linesBesideText(post, setting.width)];
}

function linesOfStory(
  story: readonly StoryEvent[],
  context: StoryContext,
  width: number,
): readonly string[] {
  return story.flatMap((event) => {
    const time = `  ${context.calendar.seconds(event.at)}  `;
    const [first = '', ...rest] = wrap(sayEvent(event, context), width, ' '.repeat(time.length));
    return [time + first.trimStart(), ...rest];
  });
}

/** What comes next, and when; what a person can do, if anything. */
export function whatIsNext(shown: Shown, calendar: Calendar): readonly string[] {
  const { publication, hold, isFrozen, now } = shown;
  const { publication: name, state, error, nextAt } = publication;
  const frozen = isFrozen ? ['The ledger is frozen: nothing is sent until "carillon thaw".'] : [];
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

/** The whole story of a publication, for programs. */
export function showAsJson(shown: Shown, calendar: Calendar): object {
  const { publication, post, story } = shown;
  const { publishBy, nextAt, evidence, cancelledBy } = publication;
  const context = contextOf(shown, calendar);
  return {
    ...publicationAsJson(publication),
    publishBy: isoTime(publishBy),
    nextAt: nextAt === undefined ? null : isoTime(nextAt),
    evidence: evidence ?? null,
    cancelledBy: cancelledBy ?? null,
    composerUrl: shown.composerUrl ?? null,
    origin: shown.origin === undefined ? null : originAsJson(shown.origin),
    post: post === undefined ? null : postAsJson(post),
    story: story.map((event) => ({
      at: isoTime(event.at),
      kind: event.kind,
      detail: event.detail,
      sentence: sayEvent(event, context),
    })),
    next: whatIsNext(shown, calendar).join(' '),
  };
}

function originAsJson({ feed, known }: NonNullable<Shown['origin']>): object {
  const { title, link, firstSeen } = known;
  return { feed, title, link: link ?? null, firstSeen: isoTime(firstSeen) };
}

function postAsJson({ text, thread, link, media, labels }: Post): object {
  return {
    text,
    ...(thread && { thread }),
    link: link ?? null,
    media: media.map(({ file, alt }) => ({ file, alt })),
    ...(labels && { labels }),
  };
}
