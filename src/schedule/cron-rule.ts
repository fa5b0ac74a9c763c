import { Cron } from 'croner';
import type { Rule, WallClock } from '../core/schedule.ts';

type CronReading = { readonly rule: Rule } | { readonly problem: string };

const fieldNames = ['minute', 'hour', 'day of the month', 'month', 'day of the week'];
const howTo = `Write "0 9 * * 2,5" (${fieldNames.join(', ')}), or in words "Tue,Fri 09:00".`;

/** True for what is meant as a cron rule: fields of digits and stars, and no time of the day. */
export function looksLikeCron(text: string): boolean {
  return !text.includes(':') && /^(?:@|[\d*?][^\sa-z]*(?:\s|$))/i.test(text.trim());
}

/** Reads a cron rule of five fields, or six with seconds first. */
export function readCron(text: string): CronReading {
  const pattern = text.trim().replaceAll(/\s+/g, ' ');
  const count = pattern === '' ? 0 : pattern.split(' ').length;
  if (pattern.startsWith('@') || (count !== 5 && count !== 6)) {
    const has = pattern.startsWith('@') ? '' : ` "${pattern.slice(0, 60)}" has ${count}.`;
    return { problem: `A cron rule has 5 fields, or 6 with seconds first.${has} ${howTo}` };
  }
  try {
    const next = openCron(pattern).nextRun(new Date(0));
    if (next === null) {
      return { problem: `"${pattern.slice(0, 60)}" never comes: no date fits it. ${howTo}` };
    }
    return { rule: { kind: 'cron', pattern } };
  } catch {
    return {
      problem: `"${pattern.slice(0, 60)}" is no cron rule: a field is out of its range or has a wrong sign. ${howTo}`,
    };
  }
}

/** What the clocks show when the rule comes, from a time on, in ascending order. */
export function* cronTimesFrom(
  pattern: string,
  from: WallClock,
): Generator<WallClock, void, undefined> {
  const cron = openCron(pattern);
  let before = new Date(from - 1);
  for (;;) {
    // Read as times of UTC: what these are in a zone is decided for all rules alike, elsewhere.
    const next = cron.nextRun(before);
    if (next === null) return;
    yield next.getTime();
    before = next;
  }
}

function openCron(pattern: string): Cron {
  return new Cron(pattern, { timezone: 'UTC', mode: '5-or-6-parts', paused: true });
}
