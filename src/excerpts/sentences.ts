import { classifyAbbreviation, mayBeOrdinal, startsSentence } from './abbreviations.ts';
import { findAll } from './find-all.ts';
import { findOuterEnclosures } from './quotes.ts';
import { isUnspaced } from './units.ts';

/** Where a sentence ends: after its mark and the quotes and brackets that close with it. */
export interface SentenceEnd {
  readonly at: number;
  /**
   * `sure`; `doubtful` where a dot may also belong to an abbreviation; `unmarked` where a paragraph or an
   * item of a list ends without a mark, as headings do.
   */
  readonly kind: 'sure' | 'doubtful' | 'unmarked';
}

// Sentences end where Unicode says that they may (UAX #29), less the dots that mean something else. Our own
// and not Intl.Segmenter: that one takes time by the square of the length on Node 20, knows no abbreviations,
// and changes with Node, so that an upgrade would change posts that wait.

const LINE = /[^\n]+/g;
const MARKS = /[\p{Sentence_Terminal}…]+/gu;
const MARKS_OF_LANGUAGE: Readonly<Record<string, RegExp>> = {
  // The Armenian full stop is often typed as a colon; the Greek question mark is the semicolon.
  hy: /[\p{Sentence_Terminal}…:]+/gu,
  el: /[\p{Sentence_Terminal}…;]+/gu,
};

const DOTS_ONLY = /^[.…․﹒]+$/u;
const WIDE = /[。．！？｡︒﹖﹗]$/u;
const CLOSERS =
  /(?:[\p{Pe}\p{Pf}"'’]|[“‘«](?=[\s\p{P}]|$)|\[\p{Nd}{1,3}\])*(?:[ \u00a0\u202f]»(?=[\s\p{P}]|$))?/uy;
const OPENERS = /[\p{Ps}\p{Pi}\p{Pf}"'¿¡*_•‣⁃·<]*/uy;
const CONTINUES = /^[,;:،؛、，；：\-–—]/u;
const LOWER = /^(?![\u10d0-\u10ff])\p{Lowercase}/u;
const CASED_OR_NOT = /^\p{L}/u;

// Japanese goes on after a closed quotation with one of these.
const PARTICLE = /^[とっはがをにのでもか]/u;

const QUOTE = /["'”’»“]$/u;

// The words of a text whose author forgot the space after the dot: "home.Mr".
const UNSPACED_DOT = /^.*\p{Ll}{2}\.(?=\p{Lu})/u;

const AFTER_OPENERS = /[^\s\p{Ps}\p{Pi}"'’/–—…]*$/u;

const LONGEST_ENCLOSURE = 600;
const LONGEST_WORD = 40;

/**
 * The ends of the sentences of a tidy text in any script, ascending; the last is the end of the text. Never
 * within a pair of quotes or brackets, unless it holds more than a paragraph's worth. Works as it is asked, so
 * that whoever needs the first few pays for no more.
 */
export function* findSentenceEnds(text: string, language?: string): Generator<SentenceEnd> {
  const primary = language?.split('-')[0]?.toLowerCase();
  for (const line of findAll(text, LINE)) {
    for (const end of findEndsOfLine(line[0], primary)) {
      yield { kind: end.kind, at: line.index + end.at };
    }
  }
}

/** The sentences themselves, without the white space between them. */
export function splitSentences(text: string, language?: string): readonly string[] {
  let from = 0;
  return Array.from(findSentenceEnds(text, language), ({ at }) => {
    const sentence = text.slice(from, at).trim();
    from = at;
    return sentence;
  });
}

function* findEndsOfLine(line: string, language: string | undefined): Generator<SentenceEnd> {
  const enclosures = findOuterEnclosures(line, LONGEST_ENCLOSURE);
  let next = 0;
  let sentenceFrom = 0;
  for (const match of findAll(line, (language && MARKS_OF_LANGUAGE[language]) || MARKS)) {
    const markEnd = match.index + match[0].length;
    const at = skip(CLOSERS, line, markEnd);
    while ((enclosures[next]?.to ?? Infinity) < at) next += 1;
    if ((enclosures[next]?.from ?? Infinity) < at && at < (enclosures[next]?.to ?? 0)) continue;

    const kind = judge({ line, marks: match[0], from: match.index, at, sentenceFrom, language });
    if (kind === undefined) continue;
    yield { at, kind };
    sentenceFrom = at;
  }
  const length = line.trimEnd().length;
  if (sentenceFrom < length) yield { at: length, kind: 'unmarked' };
}

interface Mark {
  readonly line: string;
  readonly marks: string;
  readonly from: number;
  /** After the marks and what closes with them. */
  readonly at: number;
  readonly sentenceFrom: number;
  readonly language: string | undefined;
}

/** What kind of end the mark makes, or undefined if the sentence goes on. */
function judge(mark: Mark): SentenceEnd['kind'] | undefined {
  const { line, marks, at } = mark;
  const rest = line.slice(at, at + 200);
  const after = rest.trimStart();
  if (after === '') return 'sure';
  if (CONTINUES.test(after) || /^[\p{Sentence_Terminal}…]/u.test(after)) return undefined;

  const isClosed = at > mark.from + marks.length;
  // A source in brackets belongs to the quotation before it.
  if (isClosed && QUOTE.test(line.slice(at - 1, at)) && after.startsWith('(')) return undefined;
  if (WIDE.test(marks)) return isClosed && PARTICLE.test(after) ? undefined : 'sure';

  const following = after.slice(skip(OPENERS, after, 0)).trimStart();
  if (LOWER.test(following)) return undefined;
  if (rest === after && !isCaseless(after)) return undefined;
  if (!DOTS_ONLY.test(marks)) return 'sure';
  if (rest === after && !isUnspaced(line.slice(mark.from - 1, mark.from))) return undefined;
  if (marks.length > 1 || marks === '…') return judgeEllipsis(mark);
  return judgeDot(mark, following, isClosed);
}

function judgeEllipsis({ line, from }: Mark): SentenceEnd['kind'] | undefined {
  return /\S/u.test(line[from - 1] ?? ' ') ? 'sure' : undefined;
}

function judgeDot(
  mark: Mark,
  following: string,
  isClosed: boolean,
): SentenceEnd['kind'] | undefined {
  const { line, from, sentenceFrom, language } = mark;
  // ". . ." is an ellipsis too.
  if (/\.\s$/u.test(line.slice(Math.max(0, from - 2), from))) return undefined;

  const word = wordBefore(line, from);
  const isFirst = line.slice(sentenceFrom, from - word.length).trim().length <= 2;
  if (isFirst && /^(?:\p{Nd}{1,3}|[ivxIVX]{1,4}|\p{L})$/u.test(word)) return undefined;

  if (isListMark(line.slice(sentenceFrom, from - word.length).trimStart(), word)) {
    return undefined;
  }

  const nextWord = /^[\p{L}\p{M}\p{Nd}]+(?![.\p{L}])/u.exec(following)?.[0] ?? '';
  const isNumberNext = /^[\p{Nd}#№§]/u.test(following);
  const isStarter = startsSentence(nextWord, /^\p{L}$/u.test(word));
  const abbreviation = classifyAbbreviation(word, language);
  if (abbreviation === 'binding' && !isClosed) return undefined;
  if (abbreviation === 'numbering' && isNumberNext) return undefined;
  if (abbreviation === 'open' || mayBeOrdinal(word, language)) {
    return isStarter || isClosed ? 'doubtful' : undefined;
  }
  // A short word before a number is more likely an abbreviation than the end of a sentence.
  if (isNumberNext && /^\p{L}{1,3}$/u.test(word)) return undefined;
  return 'sure';
}

/** What stands before the dot, back to a space, an opening sign or a dash. */
function wordBefore(line: string, at: number): string {
  const before = line.slice(Math.max(0, at - LONGEST_WORD), at);
  const word = before.slice(before.lastIndexOf(' ') + 1);
  return (AFTER_OPENERS.exec(word)?.[0] ?? '').replace(UNSPACED_DOT, '');
}

/** True for the "2" of "1. Bread 2. Milk" and the "b" of "a.) Bread b.) Milk": marks of a list on one line. */
function isListMark(before: string, word: string): boolean {
  if (/^\p{Ll}$/u.test(word)) return true;
  if (!/^\d{1,2}$/.test(word)) return false;
  const previous = Number(word) - 1;
  return new RegExp(`^(?:.{0,400} )?${previous}[.)]{1,2} `, 'su').test(before.slice(-400));
}

function isCaseless(text: string): boolean {
  return CASED_OR_NOT.test(text) && !/^[\p{Lu}\p{Lt}]/u.test(text) && !LOWER.test(text);
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
