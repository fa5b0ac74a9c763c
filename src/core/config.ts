import type { Account } from './account.ts';
import type { AlertSettings } from './alerts.ts';
import type { WantedApproval } from './approval.ts';
import type { Article } from './article.ts';
import type { Choice } from './choice.ts';
import type { DashboardSettings } from './dashboard-settings.ts';
import type { Person } from './person.ts';
import type { Repliers } from './post.ts';
import type { Budget } from './prices.ts';
import type { Place } from './problem.ts';
import type { Recurrence, ScheduleSettings } from './schedule.ts';

/** The config as the program uses it: checked, complete, every length of time in milliseconds. */
export interface Config extends ConfigFrame {
  readonly schedule: ScheduleSettings;
  readonly entries: readonly Entry[];
  /** Whom posts may mention. */
  readonly people: readonly Person[];
  readonly feeds: readonly Feed[];
}

/**
 * The config without its entries: all that a worker and an operator need. A mistake in an entry must not keep
 * them from working, or from stopping everything.
 */
export interface ConfigFrame {
  /** Absolute path of the config file. */
  readonly file: string;
  /** IANA name, such as `Europe/Paris`. */
  readonly timezone: string;
  readonly sandbox: boolean;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly publishing: PublishingSettings;
  readonly preflight: PreflightSettings;
  /** How long a publication that is over stays whole in the ledger; missing for as long as usual. */
  readonly keepMs?: number;
  /** Most that all accounts may spend together in a month; missing for no limit. */
  readonly budget?: Budget;
  /** Missing as long as there is a mistake in it: it keeps no worker from working. */
  readonly dashboard?: DashboardSettings;
  /** Missing: nobody is alerted. `unreadable`: there is a mistake in it, and what was so before stays. */
  readonly alerts?: AlertSettings | 'unreadable';
}

/** How the links of posts are looked at before the posts go out. */
export interface PreflightSettings {
  /** `warn` tells what is wrong; `strict` sends nothing whose link fails. */
  readonly mode: 'off' | 'warn' | 'strict';
  /** False where links are looked at only when people ask for it. */
  readonly isBeforeSending: boolean;
  /** Hosts of the own network that may be fetched from. */
  readonly allow: readonly string[];
}

export interface PublishingSettings {
  /** Total time for one request to a network. */
  readonly requestTimeoutMs: number;
  /** Tries of a publication that was provably not sent. */
  readonly attempts: number;
  /** First wait between tries; doubles, with jitter, up to an hour. */
  readonly backoffMs: number;
  /** After an unknown outcome: when to look at the account, counted from the moment of doubt, ascending. */
  readonly confirmAfterMs: readonly number[];
  /** When strangers' eyes are sent to look at what went out, counted from then, ascending; missing or empty: never. */
  readonly lookAfterMs?: readonly number[];
  /** Later than this after its time, a publication is missed. */
  readonly publishByMs: number;
  /** Facebook: an unpublished post first, then made public (`two-phase`), or in one request (`direct`). */
  readonly facebook: 'two-phase' | 'direct';
  /** Least time between two waiting publications of an account that go out after `resume`. */
  readonly resumeGapMs: number;
}

/** One entry under `publications:`: an article, its time and its accounts. */
export interface Entry {
  readonly id: string;
  readonly article: Article;
  readonly at: EntryTime;
  /** Names of accounts, in the order of the config. */
  readonly to: readonly string[];
  /** Own words by account or network. */
  readonly text: ReadonlyMap<string, OwnWords>;
  /** How its posts are written: the entry's own settings first, then those of the defaults. */
  readonly writing: Writing;
  readonly publishByMs: number;
  /** What the entry itself says of its approval. */
  readonly approval?: WantedApproval;
  /** True if the entry itself says how late it may go out: then no rule puts it later than that. */
  readonly hasOwnPublishBy?: boolean;
  /** The embargo: milliseconds since 1970. */
  readonly notBefore?: number;
  /** Whose clocks its times are by, if not those of the config. */
  readonly timezone?: string;
  /** What a recurring entry publishes in turn; the first is its article and its words. */
  readonly turns?: readonly EntryTurn[];
  /** Where the entry stands. */
  readonly place: Place;
  /** Where its time stands, for problems with it. */
  readonly timePlace?: Place;
}

/** Settings of how a post is written. Of each list, the first that says anything about an account counts. */
export interface Writing {
  readonly template: readonly Choice<OwnWords>[];
  /** The most hashtags. */
  readonly hashtags: readonly Choice<number>[];
  /** The most posts of a thread; 1 for none. */
  readonly thread: readonly Choice<number>[];
  /** By UTM key: what analytics are told. Undefined for none. */
  readonly utm: Utm | undefined;
  readonly labels?: Labels;
}

/** What the posts say of themselves; of each list, the first that says anything about an account counts. */
export interface Labels {
  readonly madeWithAi: readonly Choice<Placed<boolean>>[];
  readonly paidPartnership: readonly Choice<Placed<boolean>>[];
  readonly replies: readonly Choice<Placed<Repliers | 'everyone'>>[];
}

export interface Placed<T> {
  readonly value: T;
  readonly place: Place;
}

export interface Utm {
  readonly values: Readonly<Record<string, readonly Choice<string>[]>>;
  /** True if parameters that the link has already give way. */
  readonly isReplacing: boolean;
}

export interface OwnWords {
  readonly template: string;
  readonly place: Place;
}

/** What one occurrence of a recurring entry publishes. */
export type EntryTurn = Pick<Entry, 'article' | 'text'>;

/** When an entry is published. */
export type EntryTime =
  | FixedTime
  /** In the next free slot of each account. */
  | { readonly now: false; readonly nextSlot: true }
  /** Again and again. */
  | { readonly now: false; readonly every: Recurrence };

/** `now` is once, at the first apply; an instant is milliseconds since 1970. */
export type FixedTime = { readonly now: true } | { readonly now: false; readonly instant: number };

/** One feed under `feeds:`. What it gives from its first look on goes out as entries of their own. */
export interface Feed {
  readonly id: string;
  readonly url: string;
  /** Least time between two looks. */
  readonly everyMs: number;
  /** How long after it was first seen an article goes out at the earliest. */
  readonly afterMs: number;
  /** Where there are any: an article goes out at the next one that is free. */
  readonly slots: readonly { readonly weekday: number; readonly minutes: number }[];
  /** How many go out to an account on one day, at most. */
  readonly perDay: number | undefined;
  /** Categories, as people write them: only these, and none of these. Empty: any. */
  readonly only: readonly string[];
  readonly except: readonly string[];
  /** How many the first look takes of what is there already. */
  readonly backfill: number;
  /** True: the article is read from its page, not from the feed. */
  readonly full: boolean;
  /** What its entries have besides their article and their time. */
  readonly template: FeedTemplate;
}

export type FeedTemplate = Pick<
  Entry,
  'to' | 'text' | 'writing' | 'publishByMs' | 'hasOwnPublishBy' | 'place'
>;
