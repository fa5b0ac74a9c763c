import { findAll } from './find-all.ts';
import type { Span } from './units.ts';

const CLOSERS: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '（': '）',
  '［': '］',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
  '【': '】',
  '“': '”',
  '„': '“”',
  '‟': '”',
  '«': '»',
  '»': '«',
  '‹': '›',
  '”': '”',
  '"': '"',
  '‘': '’',
  "'": "'",
};

const SIGN = /[()[\]{}（）［］「」『』《》〈〉【】“”„‟«»‹›"‘’']|\n\n/gu;

// Signs that open as well as close; they open where a word starts.
const AMBIGUOUS = new Set(['"', '”', '»', '“', '‘', "'"]);

// Signs that are apostrophes as well: within a word they neither open nor close.
const APOSTROPHES = new Set(["'", '’']);

const MOST_NESTED = 8;

interface Open {
  readonly sign: string;
  readonly at: number;
}

/**
 * The quotations and brackets of a text, signs included, and where those stand that are not closed within
 * their paragraph.
 */
export function findEnclosures(text: string): {
  readonly closed: readonly Span[];
  readonly unclosed: readonly number[];
} {
  const closed: Span[] = [];
  const unclosed: number[] = [];
  let stack: Open[] = [];
  for (const match of findAll(text, SIGN)) {
    const sign = match[0];
    const at = match.index;
    if (sign === '\n\n') {
      unclosed.push(...stack.map((open) => open.at));
      stack = [];
      continue;
    }
    if (APOSTROPHES.has(sign) && isWithinWord(text, at)) continue;
    const depth = stack.findLastIndex((open) => CLOSERS[open.sign]?.includes(sign));
    const opener = stack[depth];
    if (opener) {
      closed.push({ from: opener.at, to: at + 1 });
      stack.length = depth;
    } else if (sign in CLOSERS && stack.length < MOST_NESTED && opensHere(text, sign, at)) {
      stack.push({ sign, at });
    }
  }
  unclosed.push(...stack.map((open) => open.at));
  return { closed, unclosed };
}

/** The outermost of them, in order, without those longer than `longest`. */
export function findOuterEnclosures(text: string, longest: number): readonly Span[] {
  const outer: Span[] = [];
  const { closed } = findEnclosures(text);
  const kept = closed.filter(({ from, to }) => to - from <= longest);
  for (const enclosure of kept.sort((a, b) => a.from - b.from)) {
    if (enclosure.from >= (outer.at(-1)?.to ?? 0)) outer.push(enclosure);
  }
  return outer;
}

function opensHere(text: string, sign: string, at: number): boolean {
  if (!AMBIGUOUS.has(sign)) return true;
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  const isBefore = sign === "'" ? /\p{L}/u : /\S/u;
  return /[\s\p{Ps}\p{Pi}\p{Pd}"'’]/u.test(before) && isBefore.test(after);
}

function isWithinWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at + 1] ?? '');
}
