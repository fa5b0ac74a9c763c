import { Temporal } from 'temporal-polyfill';
import type { WallSpan } from '../core/schedule.ts';

const dayMs = 86_400_000;
const pattern = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}:\d{2}))?$/;
const forms =
  'Write a date such as 2026-12-25, days such as "2026-12-24 to 2027-01-02", or hours such as "2026-12-31 18:00 to 2027-01-01 12:00".';

export type SpanReading = { readonly span: WallSpan } | { readonly problem: string };

/** Reads a date, or a span of dates or times, both ends included as people mean it: a last day counts to its end. */
export function readSpan(text: string): SpanReading {
  const [first = '', last = first, ...more] = text.trim().split(/\s+(?:to|until|-|–)\s+/i);
  const begin = readEnd(first);
  const end = readEnd(last);
  if (more.length > 0 || begin === undefined || end === undefined) {
    return { problem: `"${text.slice(0, 100)}" is no date that Carillon can read. ${forms}` };
  }
  if (typeof begin === 'string') return { problem: begin };
  if (typeof end === 'string') return { problem: end };

  const span = { from: begin.from, to: end.to };
  if (span.from >= span.to) {
    return {
      problem: `"${text.slice(0, 100)}" ends before it begins. Write the earlier one first.`,
    };
  }
  return { span };
}

/** The moments that a date or a time stands for; a sentence for a day that no calendar has. */
function readEnd(text: string): WallSpan | string | undefined {
  const [, date, time] = pattern.exec(text.trim()) ?? [];
  if (date === undefined) return undefined;
  const day = readDay(date);
  if (day === undefined) return `"${text}": there is no ${date} in the calendar. Check the date.`;
  if (time === undefined) return { from: day, to: day + dayMs };

  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  if (hours > 24 || minutes > 59 || (hours === 24 && minutes > 0)) {
    return `"${text}": no clock shows ${time}. Check the time.`;
  }
  const at = day + (hours * 60 + minutes) * 60_000;
  return { from: at, to: at };
}

/** Midnight at which a day begins, as the clocks show it. */
function readDay(date: string): number | undefined {
  try {
    Temporal.PlainDate.from(date, { overflow: 'reject' });
    return Date.parse(`${date}T00:00Z`);
  } catch {
    return undefined;
  }
}
