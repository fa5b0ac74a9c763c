import type { Publication, PublicationState } from '../core/publication.ts';
import type { Calendar } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import type { Ink } from './ink.ts';
import { columnWidth, twoColumns, wrap } from './layout.ts';

export interface StatusSetting {
  readonly calendar: Calendar;
  readonly ink: Ink;
  readonly width: number;
}

interface Group {
  readonly title: string;
  readonly states: readonly PublicationState[];
  /** How many are shown, unless one state was asked for. */
  readonly most: number;
  /** True where the latest ones matter most. */
  readonly isLatestFirst: boolean;
}

const LONGEST_TIME = 'Tue 24 Nov 2026 09:00'.length;

/** What needs a person comes first, then what is next, then what went out. */
const GROUPS: readonly Group[] = [
  {
    title: 'Needs you',
    states: ['failed', 'missed', 'handoff'],
    most: 50,
    isLatestFirst: true,
  },
  { title: 'May be live', states: ['unconfirmed'], most: 50, isLatestFirst: false },
  { title: 'Held', states: ['held'], most: 20, isLatestFirst: false },
  { title: 'Next', states: ['sending', 'scheduled'], most: 20, isLatestFirst: false },
  { title: 'Went out', states: ['published'], most: 10, isLatestFirst: true },
  { title: 'Taken out', states: ['cancelled', 'retracted'], most: 5, isLatestFirst: true },
];

/** Every publication and its state, for people. */
export function linesOfStatus(
  publications: readonly Publication[],
  obstacles: readonly string[],
  { isWhole, isChosen = false }: { readonly isWhole: boolean; readonly isChosen?: boolean },
  setting: StatusSetting,
): readonly string[] {
  const { ink, width, calendar } = setting;
  const top = obstacles.flatMap((line) => [...wrap(line, width).map(ink.red), '']);
  const groups = GROUPS.flatMap((group) => linesOfGroup(group, publications, isWhole, setting));
  if (groups.length === 0) {
    return [...top, isChosen ? 'No publication fits these options.' : 'There are no publications.'];
  }
  return [...top, ...groups, `Times are in ${calendar.timezone}.`];
}

function linesOfGroup(
  group: Group,
  publications: readonly Publication[],
  isWhole: boolean,
  setting: StatusSetting,
): string[] {
  const { ink, calendar, width } = setting;
  const mine = publications.filter((one) =>
    isLeftToPerson(one) ? group === GROUPS[0] : group.states.includes(one.state),
  );
  if (mine.length === 0) return [];
  const sorted = mine.sort((a, b) => (whenOf(a) - whenOf(b)) * (group.isLatestFirst ? -1 : 1));
  const shown = isWhole ? sorted : sorted.slice(0, group.most);
  const left = (one: Publication) => `  ${one.publication}`;
  const leftWidth = columnWidth(shown.map(left), width - calendar.short(0).length - 14);
  const hidden = sorted.length - shown.length;
  const states = group.states.filter((state) => sorted.some((one) => one.state === state));
  const commands = states.map((state) => `"carillon status --state ${state}"`).join(', ');
  return [
    ink.bold(`${group.title} (${mine.length})`),
    ...shown.flatMap((one) => linesOfPublication(one, left(one), leftWidth, setting)),
    ...(hidden > 0 ? [`  and ${count(hidden, 'more', 'more')}: ${commands}`] : []),
    '',
  ];
}

/** It is to be gone, and only a person can delete it. */
function isLeftToPerson({ state, retraction }: Publication): boolean {
  return state === 'published' && (retraction?.isByHand || retraction?.needsPerson) === true;
}

function linesOfPublication(
  publication: Publication,
  left: string,
  leftWidth: number,
  { calendar, ink, width }: StatusSetting,
): string[] {
  const { state, error, receipt } = publication;
  const when = calendar.short(whenOf(publication));
  const right = `${when.padEnd(LONGEST_TIME)}  ${state}`;
  const indent = '    ';
  const [first = '', ...below] = twoColumns(left, right, { leftWidth, width, indent });
  const isWrong = state === 'failed' || state === 'missed';
  const lines = [isWrong ? ink.red(first) : first, ...below];
  if (state === 'published' && receipt !== undefined) lines.push(`${indent}${receipt.url}`);
  if (state === 'published' && publication.sight?.seen === 'hidden') {
    const { message, advice } = publication.sight;
    lines.push(...wrap(message, width, indent).map(ink.yellow), ...wrap(advice, width, indent));
  }
  if (state === 'cancelled' || state === 'retracted' || error === undefined) return lines;
  return [
    ...lines,
    ...wrap(error.message, width, indent),
    ...wrap(error.advice, width, indent).map(ink.dim),
  ];
}

/** The time that people ask about: when it went out, or when it is to. */
function whenOf({ state, publishedAt, due }: Publication): number {
  return state === 'published' || state === 'retracted' ? (publishedAt ?? due) : due;
}
