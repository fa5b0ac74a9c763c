import type { PublicationState } from '../core/publication.ts';
import type { Calendar } from '../core/say-time.ts';
import type { Ink } from './ink.ts';
import { columnWidth, startOf, widthOf } from './layout.ts';

/** A line of an agenda. */
export interface AgendaRow {
  readonly publication: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: PublicationState | 'planned' | 'draft';
  readonly post: { readonly text: string };
}

export interface AgendaSetting {
  readonly calendar: Calendar;
  readonly ink: Ink;
  readonly width: number;
}

/** Publications day by day, in the order of their times, for people. */
export function linesOfAgenda(rows: readonly AgendaRow[], setting: AgendaSetting): string[] {
  const { calendar, ink, width } = setting;
  if (rows.length === 0) return ['Nothing is planned.'];
  const nameWidth = columnWidth(
    rows.map(({ publication }) => publication),
    Math.floor(width / 2),
  );
  const lines: string[] = [];
  let today = '';
  for (const row of rows) {
    const day = calendar.day(row.at);
    if (day !== today) lines.push(...(today === '' ? [] : ['']), ink.bold(day));
    today = day;
    lines.push(lineOf(row, nameWidth, setting));
  }
  return [...lines, '', `Times are in ${calendar.timezone}.`];
}

function lineOf(row: AgendaRow, nameWidth: number, { calendar, ink, width }: AgendaSetting) {
  const { publication, at, state, post } = row;
  const padding = ' '.repeat(Math.max(0, nameWidth - widthOf(publication)));
  const left = `  ${calendar.clock(at)}  ${publication}${padding}  `;
  const mark = QUIET.has(state) ? '' : `${state}: `;
  const room = Math.max(20, width - widthOf(left) - widthOf(mark));
  const words = startOf(post.text, room);
  return `${left}${BAD.has(state) ? ink.red(mark) : ink.yellow(mark)}${ink.dim(words)}`.trimEnd();
}

/** What needs no word: it went as it should, or will. */
const QUIET: ReadonlySet<AgendaRow['state']> = new Set(['planned', 'scheduled', 'published']);
const BAD: ReadonlySet<AgendaRow['state']> = new Set(['failed', 'missed']);
