import { Temporal } from 'temporal-polyfill';
import { readTime } from '../schedule/local-time.ts';
import type { TableRow } from './read-table.ts';
import { type DateOrder, readWrittenDate } from './written-date.ts';

/** How the times of a table are to be read. */
export interface RowTimes {
  /** The zone of the table's times. */
  readonly timezone: string;
  /** The zone of the config that the entries are for. */
  readonly configTimezone: string;
  readonly dates?: DateOrder | undefined;
  /** Milliseconds since 1970: what was to go out before is not taken. */
  readonly now: number;
}

/** What a row says, ready for an entry. */
export interface Row {
  readonly text: string;
  readonly link: string | undefined;
  /** The time as the config writes it. */
  readonly at: string;
  readonly instant: number;
}

export type RowReading = Row | { readonly problem: string };

/** Kinds of posts that are what Carillon posts anyway. */
const PLAIN_KINDS = new Set(['post', 'status', 'link', 'photo', 'image', 'text', 'feed', 'tweet']);

/** Reads one row, or says in a sentence why it cannot be taken and what to do. */
export function readRow({ cells }: TableRow, times: RowTimes): RowReading {
  const kind = cells.get('kind');
  if (kind !== undefined && !PLAIN_KINDS.has(kind.toLowerCase())) {
    return { problem: `Carillon posts no "${kind}". Post it by hand.` };
  }
  const text = cells.get('text')?.replaceAll(/\r\n?/g, '\n').trim();
  if (!text) return { problem: 'It has no text. Write one, or take the row out.' };

  const link = readLink(cells.get('link'));
  if (link !== undefined && 'problem' in link) return link;
  const time = readRowTime(cells.get('at'), cells.get('clock'), times);
  return 'problem' in time ? time : { text, link: link?.link, ...time };
}

function readLink(
  cell: string | undefined,
): { readonly link: string } | { readonly problem: string } | undefined {
  if (cell === undefined) return undefined;
  // Publer takes several for a carousel; followers of a post open one.
  const link = cell.split(/,\s*(?=https?:)/i, 1)[0]?.trim() ?? '';
  if (/^https?:\/\/[^\s/]/i.test(link) && !/\s/.test(link) && URL.canParse(link)) return { link };
  return {
    problem: `"${link.slice(0, 100)}" is no web address. Write it whole, with https:// at its start.`,
  };
}

function readRowTime(
  day: string | undefined,
  clock: string | undefined,
  times: RowTimes,
): Pick<Row, 'at' | 'instant'> | { readonly problem: string } {
  const written = [day, clock].filter((part) => part !== undefined).join(' ');
  if (written === '') return { problem: 'It has no time. Give it one, such as 2026-11-24 09:00.' };
  const date = readWrittenDate(written, times.dates);
  if ('problem' in date) return date;
  const reading = readTime(date.at, times.timezone);
  if ('problem' in reading) return reading;
  if (reading.time.now) return { problem: 'It has no time.' };

  const { instant } = reading.time;
  if (instant <= times.now) {
    return { problem: `Its time, ${date.at}, is past. Give it a new one, or take the row out.` };
  }
  return { instant, at: writeTime(instant, times.configTimezone) };
}

/** A time of the config's zone; where its clocks show that one twice, the instant. */
function writeTime(instant: number, timezone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  const smallestUnit = zoned.second === 0 ? 'minute' : 'second';
  const local = zoned.toPlainDateTime().toString({ smallestUnit }).replace('T', ' ');
  const back = readTime(local, timezone);
  if ('time' in back && !back.time.now && back.time.instant === instant) return local;
  return zoned.toInstant().toString({ smallestUnit });
}
