import { Temporal } from 'temporal-polyfill';
import { parseDuration } from '../core/duration.ts';
import { readTime } from '../schedule/local-time.ts';

/** Milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface WrittenSpan {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export type SpanReading = { readonly span: Span } | { readonly problem: string };

const DAY_MS = 86_400_000;
const USUAL_MS = 30 * DAY_MS;
const LONGEST_MS = 400 * DAY_MS;

/** From when until when to rehearse: without a word, the next thirty days. A day alone is meant whole. */
export function readSpan(written: WrittenSpan, timezone: string, now: number): SpanReading {
  const from = readEdge(written.from ?? 'now', timezone, 'from', now);
  if (typeof from === 'string') return { problem: from };
  const to = written.to === undefined ? from + USUAL_MS : readEnd(written.to, timezone, from, now);
  if (typeof to === 'string') return { problem: to };
  if (to <= from)
    return { problem: 'The rehearsal would end before it starts. Give a later --to.' };
  if (to - from > LONGEST_MS)
    return { problem: 'Rehearse at most 400 days. Give an earlier --to.' };
  return { span: { from, to } };
}

function readEnd(text: string, timezone: string, from: number, now: number): number | string {
  const length = parseDuration(text);
  return length === undefined ? readEdge(text, timezone, 'to', now) : from + length;
}

/** The instant, or what is wrong with it. */
function readEdge(
  text: string,
  timezone: string,
  edge: 'from' | 'to',
  now: number,
): number | string {
  const day = readDay(text.trim());
  if (day !== undefined) {
    const start = edge === 'from' ? day : day.add({ days: 1 });
    const { epochMilliseconds } = start.toZonedDateTime(timezone);
    return edge === 'from' ? epochMilliseconds : epochMilliseconds - 1;
  }
  const reading = readTime(text, timezone);
  if ('problem' in reading) return `--${edge}: ${reading.problem}`;
  return reading.time.now ? now : reading.time.instant;
}

function readDay(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
