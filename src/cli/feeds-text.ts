import type { Feed } from '../core/config.ts';
import { type Calendar, isoTime } from '../core/say-time.ts';
import { count, sayDuration } from '../core/words.ts';
import type { FeedState, KnownEntry } from '../feeds/feed-memory.ts';
import { wrap } from './layout.ts';
import type { StatusSetting } from './status-text.ts';

/** A feed of the config, and what is remembered of it. */
export interface ShownFeed {
  readonly feed: Feed;
  /** Missing if it was never asked. */
  readonly state: FeedState | undefined;
  /** How many articles of it are known, whether they go out or not. */
  readonly known: number;
  /** What goes out next, soonest first. */
  readonly coming: readonly KnownEntry[];
}

/** How the feeds are, for people. */
export function linesOfFeeds(
  feeds: readonly ShownFeed[],
  setting: StatusSetting,
): readonly string[] {
  if (feeds.length === 0) {
    return [
      'The config has no feeds. Add them under "feeds:"; "carillon check" says what is missing.',
    ];
  }
  return [
    ...feeds.flatMap((shown) => [...linesOfFeed(shown, setting), '']),
    `Times are in ${setting.calendar.timezone}.`,
  ];
}

const mostComing = 5;

function linesOfFeed({ feed, state, known, coming }: ShownFeed, setting: StatusSetting): string[] {
  const { ink, width, calendar } = setting;
  const title = state?.title === undefined ? '' : ` · ${state.title}`;
  const fault =
    state?.error === undefined ? [] : wrap(sayFault(feed.id, state, calendar), width, '  ');
  const warning = state?.warning === undefined ? [] : wrap(state.warning, width, '  ');
  const articles = known === 0 ? [] : [`  ${count(known, 'article')} of it known`];
  const hidden = coming.length - mostComing;
  return [
    `${ink.bold(feed.id)}${title}`,
    `  ${feed.url}`,
    ...wrap(sayRhythm(feed, state, calendar), width, '  '),
    ...fault.map(ink.red),
    ...warning.map(ink.yellow),
    ...articles,
    ...(state?.leftOut === undefined ? [] : wrap(sayLeftOut(state.leftOut, calendar), width, '  ')),
    ...coming
      .slice(0, mostComing)
      .map(({ id, due, title: of }) => `  ${calendar.short(due ?? 0)}  ${id}  ${of}`),
    ...(hidden > 0 ? [`  and ${count(hidden, 'more', 'more')}`] : []),
  ];
}

function sayRhythm({ everyMs }: Feed, state: FeedState | undefined, calendar: Calendar): string {
  const every = `Asked every ${sayDuration(everyMs)}`;
  if (state === undefined) return `${every}; not asked yet: the scheduler does it.`;
  const last =
    state.answeredAt === undefined
      ? 'never read so far'
      : `last read ${calendar.short(state.answeredAt)}`;
  return `${every}; ${last}, asked next ${calendar.short(state.nextAt)}.`;
}

function sayLeftOut({ at, count: n, why }: LeftOut, calendar: Calendar): string {
  const what = count(n, 'article');
  return why === 'old'
    ? `On ${calendar.short(at)} it showed ${what} for the first time that came out long before: not taken.`
    : `On ${calendar.short(at)} it showed nothing but ${what} that nobody knew, as after the move of a site: not taken. What should go out all the same needs an entry of its own.`;
}

type LeftOut = NonNullable<FeedState['leftOut']>;

/** A feed that cannot be read, in a sentence. */
function sayFault(
  feed: string,
  { error, failures, nextAt }: FeedState,
  calendar: Calendar,
): string {
  const often = failures === 1 ? '' : `, ${count(failures, 'time')} in a row`;
  return `The feed ${feed} could not be read${often}: ${error} It is asked again ${calendar.short(nextAt)}.`;
}

/** A feed that is not asked any more is none of the config. */
const goneMs = 2 * 86_400_000;

/** The feeds that cannot be read at the moment, each in a sentence. */
export function linesOfFeedFaults(
  states: ReadonlyMap<string, FeedState>,
  now: number,
  calendar: Calendar,
): readonly string[] {
  return [...states]
    .filter(([, { error, nextAt }]) => error !== undefined && nextAt > now - goneMs)
    .map(([feed, state]) => sayFault(feed, state, calendar));
}

/** The same for programs. */
export function feedAsJson({ feed, state, known, coming }: ShownFeed): object {
  const time = (at: number | undefined) => (at === undefined ? null : isoTime(at));
  return {
    feed: feed.id,
    url: feed.url,
    title: state?.title ?? null,
    lastAsked: time(state?.askedAt),
    lastRead: time(state?.answeredAt),
    nextAsked: time(state?.nextAt),
    failures: state?.failures ?? 0,
    error: state?.error ?? null,
    warning: state?.warning ?? null,
    leftOut: state?.leftOut ? { ...state.leftOut, at: time(state.leftOut.at) } : null,
    known,
    coming: coming.map(({ id, title, link, due, firstSeen }) => ({
      entry: id,
      title,
      link: link ?? null,
      due: time(due),
      firstSeen: time(firstSeen),
    })),
  };
}
