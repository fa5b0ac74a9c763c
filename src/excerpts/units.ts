import { splitGraphemes } from 'unicode-segmenter/grapheme';
import { findAll } from './find-all.ts';

/** A part of a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

// What must stay in one piece though nothing but a space or a foreign script ends it: addresses, mail
// addresses, mentions, hashtags, bare domains, numbers.
const UNBREAKABLE =
  /https?:\/\/[^\s\u2e80-\u9fff\uff00-\uffef]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@＠]\w+|[#＃$][\p{L}\p{M}\p{N}_\u200c\u200d]+|(?:[\w-]+\.)+\p{L}{2,}(?:\/[\w./?&=#%~+-]*)?|\p{Nd}+(?:[.,:٫٬]\p{Nd}+)*/gu;

// Scripts that set no space between words.
const UNSPACED =
  /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u;

// Rules and dictionaries for words are the same in every locale but for colons.
const words = new Intl.Segmenter('en', { granularity: 'word' });

// On Node 20 segmenting takes time by the square of the length.
const WINDOW = 60;

const LONGEST_UNBREAKABLE = 100;

/** True if the text has letters of a script that sets no space between words. */
export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text);
}

/** Positions within the text between two graphemes, ascending, without its start but with its end. */
export function findGraphemeEnds(text: string): readonly number[] {
  const ends: number[] = [];
  let at = 0;
  for (const grapheme of splitGraphemes(text)) {
    at += grapheme.length;
    ends.push(at);
  }
  return ends;
}

/**
 * True if one word ends there and another begins, by the dictionaries of Unicode's word rules. Between a word
 * in a spaced script and a letter right after it there is none.
 */
export function isWordBoundary(text: string, at: number): boolean {
  const from = Math.max(0, at - WINDOW);
  const segments = words.segment(text.slice(from, at + WINDOW));
  const after = segments.containing(at - from);
  if (after === undefined || at === from) return true;
  if (from + after.index !== at || /[\u200c\u200d]/u.test(text.slice(at - 1, at + 1))) return false;

  const before = segments.containing(at - from - 1);
  return !(before?.isWordLike && after.isWordLike) || isUnspaced(before.segment);
}

/** Addresses, mentions, hashtags, numbers and the like. */
export function findUnbreakables(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const match of findAll(text, UNBREAKABLE)) {
    const isEndless = match[0].length > LONGEST_UNBREAKABLE && !match[0].startsWith('http');
    if (!isEndless) spans.push({ from: match.index, to: match.index + match[0].length });
  }
  return spans;
}
