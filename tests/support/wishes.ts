import type { Publication } from '../../src/core/publication.ts';
import type { AccountRules, ScheduleSettings } from '../../src/core/schedule.ts';
import { ledgerAfter } from '../../src/planning/after-apply.ts';
import { type Plan, planChanges } from '../../src/planning/plan.ts';
import { timeIntents } from '../../src/planning/time-intents.ts';
import type { Wish, WishedIntent } from '../../src/planning/wish.ts';
import { anIntent, aPost } from './ledger.ts';

/** Tue 24 Nov 2026 09:00 in Paris. */
export const NOW = Date.UTC(2026, 10, 24, 8);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** An instant by the clocks of Paris in November and December: `24 09:30` is a day of November. */
export function paris(text: string): number {
  const full = /^\d{2} /.test(text) ? `2026-11-${text}` : text;
  return Date.parse(`${full.replace(' ', 'T')}+01:00`);
}

export interface WishOptions extends Partial<Wish> {
  readonly publication?: string;
  readonly text?: string;
  readonly publishByMs?: number;
}

/** A publication of the config, wanted at the time of most tests on newsroom-x. */
export function aWish(options: WishOptions = {}): WishedIntent {
  const {
    publication = 'spring-report/newsroom-x',
    text,
    publishByMs = 2 * HOUR,
    ...wish
  } = options;
  return {
    ...anIntent({ publication, publishByMs, post: aPost({ text: text ?? publication }) }),
    link: undefined,
    length: { used: 1, limit: 280 },
    warnings: [],
    wish: {
      at: NOW + HOUR,
      rank: 0,
      turn: 0,
      turns: 1,
      timezone: 'Europe/Paris',
      place: { file: 'carillon.yaml', line: 1, column: 1 },
      ...wish,
    },
  };
}

function someRules(over: Partial<AccountRules> = {}): AccountRules {
  return {
    slots: [],
    order: 'first-come',
    quietHours: [],
    blackout: [],
    gapMs: 0,
    ...over,
  };
}

/** The same rules for both accounts of the tests. */
export function settingsOf(
  rules: Partial<AccountRules> = {},
  over: Partial<ScheduleSettings> = {},
): ScheduleSettings {
  const accounts = new Map(
    ['newsroom-x', 'newsroom-page'].map((name) => [name, someRules(rules)] as const),
  );
  return { horizonMs: 35 * DAY, staggerMs: 0, accounts, ...over };
}

/** A ledger as plain data, which plans can be applied to. */
export interface Desk {
  readonly ledger: Map<string, Publication>;
  settings: ScheduleSettings;
  now: number;
  plan(wishes: readonly WishedIntent[]): Plan;
  /** Plans and applies; answers the plan. */
  apply(wishes: readonly WishedIntent[]): Plan;
  /** Lets time pass; what is due by then is published. */
  passUntil(now: number): void;
}

export function openDesk(settings: ScheduleSettings = settingsOf(), now = NOW): Desk {
  const desk: Desk = {
    ledger: new Map(),
    settings,
    now,
    plan(wishes) {
      const { ledger, now } = desk;
      const config = { schedule: desk.settings, timezone: 'Europe/Paris' };
      return planChanges({ ...timeIntents(wishes, { config, ledger, now }), ledger, now });
    },
    apply(wishes) {
      const plan = desk.plan(wishes);
      const after = ledgerAfter(plan.changes, desk.ledger, desk.now);
      for (const [name, record] of after) desk.ledger.set(name, record);
      return plan;
    },
    passUntil(until) {
      desk.now = until;
      for (const [name, record] of desk.ledger) {
        if (record.state !== 'scheduled' || record.due > until) continue;
        desk.ledger.set(name, { ...record, state: 'published', publishedAt: record.due });
      }
    },
  };
  return desk;
}

/** `publication at time`, as the clocks of Paris show it in winter. */
export function timesOf({ ledger }: Desk): string[] {
  return [...ledger.values()]
    .filter(({ state }) => state === 'scheduled')
    .map(({ publication, due }) => `${publication} ${shown(due)}`);
}

function shown(instant: number): string {
  return new Date(instant + HOUR).toISOString().slice(8, 16).replace('T', ' ');
}
