import { styleText } from 'node:util';
import {
  type CellResult,
  isGood,
  OUTCOMES,
  type Outcome,
  POINT_WORDS,
  POINTS,
  type Way,
} from './cells.ts';

const pointWidth = Math.max(...Object.values(POINT_WORDS).map((words) => words.length)) + 2;
const cellWidth = 10;

/** Two lines over a column. */
const headings: Readonly<Record<Outcome, readonly [string, string]>> = {
  accepted: ['accepted', ''],
  'accepted-5xx': ['accepted,', '5xx'],
  'accepted-hang': ['accepted,', 'hang'],
  'accepted-reset': ['accepted,', 'reset'],
  refused: ['refused', ''],
  'rate-limited': ['429', ''],
  reset: ['reset,', 'not stored'],
  '5xx': ['5xx,', 'not stored'],
};

/** One way's results as people read them: posts that followers saw, a row for each point. */
export function drawTable(
  way: Way,
  fenced: readonly CellResult[],
  plain: readonly CellResult[],
): string {
  const outcomes = OUTCOMES.filter((outcome) =>
    [...fenced, ...plain].some((cell) => cell.outcome === outcome),
  );
  const headerLine = (title: string, line: 0 | 1) =>
    title + outcomes.map((outcome) => headings[outcome][line].padEnd(cellWidth + 1)).join('');
  const header = [
    headerLine(styleText('bold', way.name.padEnd(pointWidth)), 0),
    headerLine(' '.repeat(pointWidth), 1),
  ];
  const rows = POINTS.filter((point) => fenced.some((cell) => cell.point === point)).map((point) =>
    [
      POINT_WORDS[point].padEnd(pointWidth),
      ...outcomes.map((outcome) => {
        const isHere = (cell: CellResult) => cell.point === point && cell.outcome === outcome;
        return pair(fenced.find(isHere), plain.find(isHere));
      }),
    ].join(''),
  );
  const lines = [...header, ...rows].map((row) => row.trimEnd());
  return lines.filter((line) => line !== '').join('\n');
}

function pair(fenced: CellResult | undefined, plain: CellResult | undefined): string {
  const left = fenced ? `${fenced.posts}${fenced.complaints.length > 0 ? '!' : ''}` : '-';
  const right = plain ? `${plain.posts}${plain.complaints.length > 0 ? '!' : ''}` : '-';
  const isShown = plain !== undefined;
  const words = isShown ? `${left.padEnd(3)} ${right}` : left;
  const padding = ' '.repeat(Math.max(0, cellWidth + 1 - words.length));
  const paint = (cell: CellResult | undefined, text: string) =>
    cell && !isGood(cell) ? styleText('red', text) : text;
  const painted = isShown
    ? `${paint(fenced, left.padEnd(3))} ${paint(plain, right)}`
    : paint(fenced, left);
  return painted + padding;
}

/** What is wrong with a cell, in a line. */
export function describeCell(cell: CellResult): string {
  const { way, point, outcome, posts, expected, state, complaints } = cell;
  const words = [...(posts === expected ? [] : [`${posts} posts, not ${expected}`]), ...complaints];
  return `${way.name}, ${point}, ${outcome}: ${words.join('; ')} (${state})`;
}
