import type { Post } from '../core/post.ts';
import type { Intent, Publication, PublicationState } from '../core/publication.ts';

/** One publication in a calendar: what goes out, or went out, when and where. */
export interface CalendarEvent {
  readonly publication: string;
  readonly entry: string;
  readonly account: string;
  readonly network: string;
  /** Milliseconds since 1970: when it went out, or is to. */
  readonly at: number;
  /** `planned`: it stands in the config, and the ledger has not heard of it. */
  readonly state: PublicationState | 'planned';
  readonly post: Post;
  /** The post on its network, or else the page that it leads to. */
  readonly url?: string;
  /** What people should know of it, in a sentence or two. */
  readonly note?: string;
  /** Rises with every change, so that calendars take the later one. */
  readonly revision: number;
}

/** What the config wants of one publication, with the page that followers get to. */
export type Planned = Intent & { readonly link?: string | undefined };

export interface CalendarSources {
  readonly intents: readonly Planned[];
  readonly records: readonly Publication[];
  /** The posts that the ledger holds, by publication. */
  readonly posts: ReadonlyMap<string, Post>;
}

export interface CalendarReading {
  /** By time, then by name. */
  readonly events: readonly CalendarEvent[];
  /** How many go out "now", at the first apply, and so have no time yet. */
  readonly undated: number;
}

/**
 * Puts together what the ledger says and what only the config says. Of what the ledger has, its own word counts:
 * a change of the config goes out once it is applied.
 */
export function readCalendar({ intents, records, posts }: CalendarSources): CalendarReading {
  const planned = new Map(intents.map((intent) => [intent.publication, intent]));
  const known = new Set(records.map(({ publication }) => publication));
  const events = records.flatMap((record) => {
    const intent = planned.get(record.publication);
    const post = posts.get(record.publication) ?? intent?.post;
    return post === undefined ? [] : [eventOfRecord(record, post, intent?.link)];
  });
  let undated = 0;
  for (const intent of intents) {
    if (known.has(intent.publication)) continue;
    if (intent.due === undefined) undated++;
    else events.push(eventOfIntent(intent, intent.due));
  }
  events.sort((a, b) => a.at - b.at || (a.publication < b.publication ? -1 : 1));
  return { events, undated };
}

function eventOfRecord(record: Publication, post: Post, link: string | undefined): CalendarEvent {
  const { publication, entry, account, network, state, due, publishedAt, generation } = record;
  const url = record.receipt?.url ?? link ?? post.link;
  const { error } = record;
  return {
    publication,
    entry,
    account,
    network,
    at: publishedAt ?? due,
    state,
    post,
    revision: generation,
    ...(url !== undefined && { url }),
    ...(error && state !== 'published' && { note: `${error.message} ${error.advice}` }),
  };
}

function eventOfIntent(intent: Planned, at: number): CalendarEvent {
  const { publication, entry, account, network, post } = intent;
  const url = intent.link ?? post.link;
  return {
    publication,
    entry,
    account,
    network,
    at,
    state: 'planned',
    post,
    revision: 0,
    ...(url !== undefined && { url }),
  };
}
