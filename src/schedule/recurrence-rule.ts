import type { Rule } from '../core/schedule.ts';
import { looksLikeCron, readCron } from './cron-rule.ts';
import { joinWords } from './days-and-times.ts';
import { looksMonthly, readMonthly } from './monthly-rule.ts';
import { parseSlots } from './slots.ts';

export type RuleReading = { readonly rule: Rule } | { readonly problem: string };

const examples =
  'Write "Tue,Fri 09:00", "weekdays 08:30", "daily 12:00", "first Monday 10:00", "day 1 09:00", or a cron rule such as "0 9 * * 2,5".';

/**
 * Reads when something comes again and again: days of the week and times, days of the month and times, or a cron rule.
 * The problem is a sentence that says what is wrong and how to write it.
 */
export function parseRule(written: string): RuleReading {
  const text = joinWords(written);
  if (text.trim() === '') return { problem: `There is no rule here. ${examples}` };
  if (looksLikeCron(text) && !looksMonthly(text)) return readCron(text);
  if (looksMonthly(text)) {
    const monthly = readMonthly(text);
    return 'problem' in monthly ? monthly : { rule: { kind: 'monthly', ...monthly } };
  }
  if (/\b(?:hour|minute|second|week|month|year|fortnight)(?:s|ly)?\b|\bhourly\b/i.test(text)) {
    return { problem: `"${text.slice(0, 60)}" is no rule that Carillon can read. ${examples}` };
  }
  const weekly = parseSlots(text);
  return 'problem' in weekly ? weekly : { rule: { kind: 'weekly', slots: weekly.slots } };
}
