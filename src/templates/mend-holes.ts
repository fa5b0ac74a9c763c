/** Stands for a value that is missing. A noncharacter: no text that a network takes has it. */
export const HOLE = '\ufdd0';

/** Where a constant text stands: at the start or the end of the whole there is no value before or after it. */
export interface Edges {
  readonly isStart: boolean;
  readonly isEnd: boolean;
}

const SPACE = /[ \t\u00a0\u202f\u3000]/u;
const SEPARATOR = /[-–—·•|/,،、:;؛]/u;

// A sentence goes on to its end after a hole: "by {author}." keeps the full stop.
const ENDS_SENTENCE = /^[.!?…。！？؟۔]/u;

const PAIRS = new Set(['()', '[]', '（）', '【】', '「」', '『』', '«»', '“”', '„“', '‘’', '""']);

/**
 * A constant text between two values with nothing left of the holes in it: no space or empty line too many, no
 * separator that separates nothing, no empty brackets. A text without holes stays as it is.
 */
export function mendHoles(constant: string, edges: Edges): string {
  if (!constant.includes(HOLE)) return constant;
  const lines = constant.split('\n');
  const mended = lines.map((line, index) =>
    mendLine(line, {
      isStart: index > 0 || edges.isStart,
      isEnd: index < lines.length - 1 || edges.isEnd,
    }),
  );
  return closeGaps(mended.join('\n'), edges);
}

/** A line of which nothing is left comes back as a hole, for `closeGaps` to take out. */
function mendLine(line: string, { isStart, isEnd }: Edges): string {
  const [first = '', ...others] = unite(line.split(HOLE));
  if (others.length === 0) return line;

  let text = first;
  for (const [index, side] of others.entries()) {
    const hasBefore = !isStart || hasWords(text);
    const hasAfter = !isEnd || others.slice(index).some(hasWords);
    text = join(text, side, hasBefore, hasAfter);
  }
  return text === '' && isStart && isEnd ? HOLE : text;
}

/** The sides of the holes of a line, without brackets that hold nothing else and spaces between two holes. */
function unite(sides: readonly string[]): readonly string[] {
  const united: string[] = [];
  for (const side of sides) {
    united.push(side);
    while (closePair(united) || dropBlank(united));
  }
  return united;
}

function closePair(sides: string[]): boolean {
  const before = sides.at(-2)?.trimEnd() ?? '';
  const after = sides.at(-1)?.trimStart() ?? '';
  if (!PAIRS.has(before.slice(-1) + after.slice(0, 1))) return false;
  sides.splice(-2, 2, before.slice(0, -1), after.slice(1));
  return true;
}

/** The last side is not known to be whole yet: the one before it is judged. */
function dropBlank(sides: string[]): boolean {
  if (sides.length < 3 || sides.at(-2)?.trim() !== '') return false;
  sides.splice(-2, 1);
  return true;
}

/** Puts the two sides of a hole together, with at most one separator between them. */
function join(before: string, after: string, hasBefore: boolean, hasAfter: boolean): string {
  const left = before.slice(lengthWithoutTail(before));
  const right = after.slice(0, lengthOfHead(after));
  const start = before.slice(0, before.length - left.length);
  const end = after.slice(right.length);
  if (!hasBefore) return end;
  if (!hasAfter) return start;
  if (ENDS_SENTENCE.test(end) && right === '') return start + end;
  return start + chooseSeparator(left, right) + end;
}

function chooseSeparator(left: string, right: string): string {
  if (left.trim() === '') return right.trim() === '' ? left || right : right;
  const isSpaced = left.trimEnd() !== left;
  return isSpaced ? left : left + right.slice(0, right.length - right.trimStart().length);
}

function hasWords(side: string): boolean {
  return lengthOfHead(side) < side.length;
}

/** How much of the start is nothing but spaces and separators. */
function lengthOfHead(text: string): number {
  let length = 0;
  while (length < text.length && isBetween(text.charAt(length))) length += 1;
  return length;
}

/** What is left of a text without the spaces and separators at its end. */
function lengthWithoutTail(text: string): number {
  let length = text.length;
  while (length > 0 && isBetween(text.charAt(length - 1))) length -= 1;
  return length;
}

function isBetween(character: string): boolean {
  return SPACE.test(character) || SEPARATOR.test(character);
}

/** Takes the lines out that are holes: of the line breaks before and after each, the more stay. */
function closeGaps(text: string, { isStart, isEnd }: Edges): string {
  let closed = text;
  for (let at = closed.indexOf(HOLE); at >= 0; at = closed.indexOf(HOLE)) {
    let from = at;
    while (closed.charAt(from - 1) === '\n') from -= 1;
    let to = at + 1;
    while (closed.charAt(to) === '\n') to += 1;
    const isOutside = (from === 0 && isStart) || (to === closed.length && isEnd);
    const gap = isOutside ? '' : '\n'.repeat(Math.max(at - from, to - at - 1));
    closed = closed.slice(0, from) + gap + closed.slice(to);
  }
  return closed;
}
