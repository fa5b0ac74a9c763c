import type { Feed } from '../core/config.ts';
import { describeError, type Log } from '../core/log.ts';
import { FetchError } from '../fetching/fetch-error.ts';
import { type Decided, decideEntries, newestOf } from './decide-entries.ts';
import { identifyEntries } from './entry-keys.ts';
import type { FeedDocument } from './feed-document.ts';
import type { FeedMemory, FeedState, Keyed, KnownEntry } from './feed-memory.ts';
import { type FeedAccess, type FeedLook, lookAtFeed } from './look-at-feed.ts';
import { waitAfterAnswer, waitAfterFailure } from './next-look.ts';
import { readWholeArticle } from './read-whole-article.ts';

export interface Polling {
  readonly memory: FeedMemory;
  readonly access: FeedAccess;
  /** IANA name. */
  readonly timezone: string;
  readonly log: Log;
  /** Milliseconds since 1970, by the clock that decides when things go out. */
  now(): Promise<number>;
}

/** How far back times count for the number of a day: more than any day is long. */
const recentMs = 2 * 86_400_000;

/**
 * Asks a feed once, and remembers what it shows: its new articles with their times, in one step. Dying before that
 * step changes nothing, dying after it loses nothing. Answers the ids of entries that are new or changed. A feed that
 * cannot be read is noted, and asked again later.
 */
export async function pollFeed(feed: Feed, polling: Polling): Promise<readonly string[]> {
  const { memory, access, log } = polling;
  const before = await memory.state(feed.id);
  const known = before?.url === feed.url ? before.version : undefined;
  try {
    const look = await lookAtFeed(feed.url, access, known);
    const now = await polling.now();
    const state = stateAfter(feed, look, before, now);
    if (!look.document) {
      await memory.note(feed.id, state);
      return [];
    }
    return await takeUp(feed, look.document, { ...polling, before, state });
  } catch (error) {
    // A Redis that is away is no fault of the feed.
    if (!isFaultOfFeed(error)) throw error;
    await noteFailure(feed, error, before, polling);
    log.warn(
      { feed: feed.id, ...describeError(error) },
      'A feed could not be read; it is asked again later.',
    );
    return [];
  }
}

interface TakingUp extends Polling {
  readonly before: FeedState | undefined;
  readonly state: FeedState;
}

async function takeUp(
  feed: Feed,
  document: FeedDocument,
  taking: TakingUp,
): Promise<readonly string[]> {
  const { memory, timezone, before, state, log } = taking;
  const identified = identifyEntries(document);
  const keys = identified.entries.flatMap((entry) => entry.keys);
  const found = await memory.find(feed.id, keys);
  const owners = new Map(
    keys.flatMap((key, i) => (found[i] === undefined ? [] : [[key, found[i]]])),
  );
  const ids = [...new Set(owners.values())];
  const entries = await memory.entries(feed.id, ids);
  const taken = await memory.dueSince(feed.id, state.askedAt - recentMs);
  const decided = decideEntries({
    feed,
    timezone,
    document,
    identified,
    owners,
    known: new Map(entries.flatMap((entry) => (entry ? [[entry.id, entry]] : []))),
    state: before,
    taken: taken.flatMap(({ due, to }) => (due === undefined ? [] : [{ due, to }])),
    now: state.askedAt,
  });
  const whole = feed.full ? await readWhole(feed, decided, taking) : decided;
  const leftOut = leftOutOf(decided, state.askedAt);
  const { ambiguous } = identified;
  await memory.remember(feed.id, {
    ...whole,
    ambiguous,
    state: { ...state, ...(leftOut && { leftOut }) },
  });
  tell(feed, decided, log);
  return [...decided.fresh, ...decided.changed].flatMap(({ id, passed }) => (passed ? [] : [id]));
}

function leftOutOf({ fresh }: Decided, at: number): FeedState['leftOut'] {
  for (const why of ['import', 'old'] as const) {
    const count = fresh.filter(({ passed }) => passed === why).length;
    if (count > 0) return { at, count, why };
  }
  return undefined;
}

async function readWhole(
  feed: Feed,
  decided: Decided,
  { access, log }: TakingUp,
): Promise<Decided> {
  const pages = access.openPages();
  const read = async (entry: Keyed<KnownEntry>): Promise<Keyed<KnownEntry>> => {
    if (entry.article === undefined) return entry;
    const { article, warning } = await readWholeArticle(entry.article, pages, feed.template.place);
    if (warning !== undefined) log.warn({ feed: feed.id, entry: entry.id }, warning);
    return { ...entry, article };
  };
  return {
    ...decided,
    fresh: await Promise.all(decided.fresh.map(read)),
    changed: await Promise.all(decided.changed.map(read)),
  };
}

function stateAfter(
  feed: Feed,
  { fetched, document }: FeedLook,
  before: FeedState | undefined,
  now: number,
): FeedState {
  const { movedTo, version, maxAgeMs } = fetched;
  // What breaks off is asked for again as a whole, whatever its server says of it.
  const keptVersion = document ? (document.isWhole ? version : undefined) : before?.version;
  const newest = document ? newestOf(document, before, now) : before?.newest;
  const title = document?.title || before?.title;
  const warning =
    movedTo === undefined ? undefined : `The feed has moved for good: write "url: ${movedTo}".`;
  return {
    url: feed.url,
    startedAt: before?.startedAt ?? now,
    askedAt: now,
    answeredAt: now,
    nextAt: now + waitAfterAnswer(feed.everyMs, [document?.pauseMs, maxAgeMs]),
    failures: 0,
    ...(title && { title }),
    ...(warning !== undefined && { warning }),
    ...(keptVersion && { version: keptVersion }),
    ...(newest !== undefined && { newest }),
    ...(before?.leftOut && { leftOut: before.leftOut }),
  };
}

async function noteFailure(
  feed: Feed,
  error: unknown,
  before: FeedState | undefined,
  { memory, now }: Polling,
): Promise<void> {
  const at = await now();
  const failures = (before?.failures ?? 0) + 1;
  const retryAfterMs = error instanceof FetchError ? error.retryAfterMs : undefined;
  const { warning: _, ...kept } = before ?? {};
  await memory.note(feed.id, {
    ...kept,
    url: feed.url,
    askedAt: at,
    nextAt: at + waitAfterFailure(feed.everyMs, failures, retryAfterMs),
    failures,
    error: (error as Error).message,
  });
}

function isFaultOfFeed(error: unknown): boolean {
  return error instanceof FetchError || (error instanceof Error && error.name === 'PageError');
}

function tell(feed: Feed, { fresh, changed }: Decided, log: Log): void {
  const taken = fresh.filter(({ passed }) => passed === undefined).length;
  const known = { feed: feed.id };
  if (taken > 0 || changed.length > 0) {
    log.info({ ...known, new: taken, changed: changed.length }, 'A feed has something new.');
  }
  const refused = (why: string) => fresh.filter(({ passed }) => passed === why).length;
  if (refused('past') > 0) {
    log.info(
      { ...known, count: refused('past') },
      'A feed is read for the first time: what is there already is not taken.',
    );
  }
  if (refused('old') > 0) {
    log.warn(
      { ...known, count: refused('old') },
      'A feed shows articles for the first time that came out long ago; they are not taken.',
    );
  }
  if (refused('import') > 0) {
    log.warn(
      { ...known, count: refused('import') },
      'A feed shows nothing but unknown articles, as after the move of a site; none is taken.',
    );
  }
}
