/**
 * What the clocks of a place show, in milliseconds since 1970 as if they were those of UTC. Names an instant only
 * together with a time zone.
 */
export type WallClock = number;

/** From one time of the clocks to another, which is not part of it. */
export interface WallSpan {
  readonly from: WallClock;
  readonly to: WallClock;
}

/** A time of the day on one day of the week, by the clocks of a time zone that stands elsewhere. */
export interface Slot {
  /** Monday is 1, Sunday 7. */
  readonly weekday: number;
  /** Minutes since midnight, as the clocks show them. */
  readonly minutes: number;
}

/** A day of every month: by its number, where -1 is the last; or the first to fifth, or last (-1), of a day of the week. */
export type MonthDay =
  | { readonly day: number }
  | { readonly nth: number; readonly weekday: number };

/** When the clocks ring again and again. */
export type Rule =
  | { readonly kind: 'weekly'; readonly slots: readonly Slot[] }
  | {
      readonly kind: 'monthly';
      readonly days: readonly MonthDay[];
      /** Minutes since midnight. */
      readonly minutes: readonly number[];
    }
  /** Five fields, or six with seconds first. */
  | { readonly kind: 'cron'; readonly pattern: string };

/** The slots of a recurring entry. */
export interface Recurrence {
  /** The rules as people wrote them, to be shown. */
  readonly text: string;
  readonly rules: readonly Rule[];
  /** IANA name: whose clocks ring. */
  readonly timezone: string;
  /** The first moment of the clocks that counts. */
  readonly from?: WallClock;
  /** The first moment of the clocks that counts no more. */
  readonly until?: WallClock;
  readonly skip: readonly WallSpan[];
  /** How many slots there are at most, counted from `from`. */
  readonly count?: number;
}

/** A time of the day at which nothing goes out; over midnight if it ends before it begins. */
export interface QuietHours {
  /** Days of the week on which it begins. */
  readonly weekdays: readonly number[];
  /** Minutes since midnight. */
  readonly from: number;
  /** Minutes since midnight; 1440 is the end of the day. */
  readonly to: number;
}

/** A time at which nothing goes out, from one instant to another, which is not part of it. */
export interface Blackout {
  readonly from: number;
  readonly to: number;
  /** What people call it: its date as written, or the title of an event in a calendar. */
  readonly name: string;
}

/** When an account may publish. */
export interface AccountRules {
  readonly slots: readonly Slot[];
  /** Whether the slots go to what came first, or to the articles that are freshest. */
  readonly order: 'first-come' | 'freshest-first';
  readonly quietHours: readonly QuietHours[];
  readonly blackout: readonly Blackout[];
  /** Least time between two publications of the account. 0: none. */
  readonly gapMs: number;
  /** Most publications of one day. */
  readonly perDay?: number;
}

/** When publications may go out, beside what each entry says. */
export interface ScheduleSettings {
  /** How far ahead recurring entries are planned. */
  readonly horizonMs: number;
  /** Least time between two accounts of one entry. 0: none. */
  readonly staggerMs: number;
  readonly accounts: ReadonlyMap<string, AccountRules>;
}
