/** A text made ready to be cut, and whether there was more of it. */
export interface TidyText {
  readonly text: string;
  readonly isShortened: boolean;
}

// Networks refuse or show as boxes: controls, byte-order marks, noncharacters. A lone surrogate is half
// of a character that something else cut. U+200B to U+200D stay: words and emoji are made with them.
const UNPRINTABLE =
  /(?![\t\n\v\f\r\u0085])[\p{Control}\p{Surrogate}\p{Noncharacter_Code_Point}\ufeff\ufff9-\ufffb]/gu;

// Anything but the characters that are certainly none of those, without the flag `u`: five times as fast.
const MAY_BE_UNPRINTABLE = /[^\t-\r -~\u0085\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufff8]/;

// Spaces but the narrow and the wide no-break one: French punctuation and numbers are set with those.
const SPACES = /[\t\v\f\u1680\u2000-\u200a\u205f\u3000]+ *| {2,}/g;

// One line of words with single spaces, of characters that NFC never changes: titles are mostly so.
const TIDY_LINE =
  /^[!-~\u00a1-\u02ff\u0400-\u0482\u2010-\u2027\u4e00-\u9fff]+(?: [!-~\u00a1-\u02ff\u0400-\u0482\u2010-\u2027\u4e00-\u9fff]+)*$/;
const LONGEST_TIDY_LINE = 300;

const PARAGRAPH = '\n\n';
// Replaced and then split at a string: splitting at a pattern takes fifty times as long once core-js, which
// twitter-text loads, has touched it.
const EMPTY_LINES = /\n[ \u00a0]*\n\s*/g;

const LIST_ITEM = /^(?:[•‣⁃▪●·*–—-]|\p{Nd}{1,3}[.)])\s/u;

// A break after so short a line, before one that does not go on in small letters, was meant: addresses, verse.
const SHORT_LINE = 45;

// Scripts that are written without spaces: a line break between two such letters stands for none.
const UNSPACED_BEFORE = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}]$/u;
const UNSPACED_AFTER = /^[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}]/u;

const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/**
 * Well-formed NFC text without control characters: one space between words, one empty line between
 * paragraphs. Reads no more than about `maxUnits` UTF-16 units, so that huge texts cost no more than long ones.
 */
export function tidy(source: string, maxUnits: number): TidyText {
  if (source.length <= Math.min(maxUnits, LONGEST_TIDY_LINE) && TIDY_LINE.test(source)) {
    return { text: source, isShortened: false };
  }
  const start = source.search(/\S/u);
  if (start < 0) return { text: '', isShortened: false };

  const end = start + maxUnits;
  const isShortened = /\S/u.test(source.slice(end));
  const read = source.slice(start, end);
  const text = (MAY_BE_UNPRINTABLE.test(read) ? read.replace(UNPRINTABLE, '') : read)
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(SPACES, ' ')
    .normalize('NFC')
    .replace(EMPTY_LINES, PARAGRAPH)
    .split(PARAGRAPH)
    .map(joinLines)
    .filter((paragraph) => paragraph !== '')
    .join(PARAGRAPH);
  return { text, isShortened };
}

/** The same on one line, as titles are. */
export function tidyLine(source: string, maxUnits: number): TidyText {
  const tidied = tidy(source, maxUnits);
  if (!tidied.text.includes('\n')) return tidied;
  return { ...tidied, text: tidied.text.replace(/\n+/gu, ' ') };
}

/** False for a text of spaces, zero-width characters and direction marks alone. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** The text without lone surrogates, as every wire and store would change it. */
export function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Undoes the line breaks that only served the width of a page. */
function joinLines(paragraph: string): string {
  if (!paragraph.includes('\n')) return paragraph.trim();

  const lines = paragraph
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.reduce((joined, line) => {
    if (joined === '') return line;
    const isShort = joined.length - joined.lastIndexOf('\n') - 1 < SHORT_LINE;
    const isKept =
      LIST_ITEM.test(line) ||
      (isShort && !/^\p{Ll}/u.test(line)) ||
      (UNSPACED_BEFORE.test(joined.slice(-2)) && UNSPACED_AFTER.test(line));
    return `${joined}${isKept ? '\n' : ' '}${line}`;
  }, '');
}
