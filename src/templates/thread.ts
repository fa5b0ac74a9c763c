import type { Article } from '../core/article.ts';
import { chooseBody } from '../excerpts/body.ts';
import { readsRightToLeft } from '../excerpts/direction.ts';
import { cutExcerpt } from '../excerpts/excerpt.ts';
import { findSentenceEnds } from '../excerpts/sentences.ts';
import type { TidyText } from '../excerpts/tidy.ts';
import { markDirection } from './direction-marks.ts';
import { type Layout, type LayoutRules, layOut } from './lay-out.ts';
import { joinSentences, packParts, type Sentence } from './pack-parts.ts';

export interface ThreadRules extends LayoutRules {
  /** The most parts, two or more. */
  readonly mostParts: number;
}

export interface Thread {
  /** Two or more, numbered, each within the limit. */
  readonly parts: readonly string[];
  /** True if the article goes on after the last part. */
  readonly isCut: boolean;
}

const UNITS_AHEAD = 600;

// Fewer than about ten words in Latin letters, five in Han.
const LEAST_PART = 60;

const MOST_TRIES = 5;
const MOST_SPLITS = 20;

/**
 * An article as numbered parts of whole sentences. The first part is the usual post, with title, link and
 * hashtags: it is what others find and pass on, the card shows on it, and it says enough if the others are not
 * seen. The rest of the text follows. Undefined if all of the text fits into one post, or there is none.
 */
export function layOutThread(article: Article, rules: ThreadRules): Thread | undefined {
  const { mostParts, limit } = rules;
  const body = chooseBody({ ...article, summary: '' }, mostParts * limit * 2 + UNITS_AHEAD);
  if (body.text === '') return undefined;
  const whole = layOut(article, { ...rules, body, excerptLimit: limit });
  if (!body.isShortened && whole.excerpt === body.text) return undefined;

  const number = numbering(article);
  const widest = mostParts > 9 ? 99 : 9;
  const numberSize = rules.measure(number(widest, widest));
  for (let spare = 0; spare < MOST_TRIES; spare += 1) {
    // Direction marks take room that only the written part shows.
    const room = limit - numberSize - 4 * spare;
    const thread = write(article, body, { ...rules, limit: room });
    if (thread === undefined) return undefined;
    const total = thread.parts.length;
    const parts = thread.parts.map((part, index) => part + number(index + 1, total));
    if (parts.every((part) => rules.measure(part) <= limit)) return { ...thread, parts };
  }
  return undefined;
}

/** `1/4` on a line of its own: no sentence can be mistaken for it, and it never stands between two directions. */
function numbering(article: Article): (part: number, total: number) => string {
  // Without a letter the line would have no direction, and stand on the left.
  const mark = readsRightToLeft(article) ? '\u200f' : '';
  return (part, total) => `\n\n${mark}${part}/${total}`;
}

function write(article: Article, body: TidyText, rules: ThreadRules): Thread | undefined {
  const { first, rest } = writeFirst(article, body, rules);
  const sentences = readSentences(rest, body.isShortened, article, rules);
  const { parts, isCut } = pack(sentences, article, rules);
  if (parts.length === 0) return undefined;
  const written = readsRightToLeft(article) ? parts.map(markDirection) : parts;
  return { parts: [first.text, ...written], isCut: isCut || body.isShortened };
}

/** The usual post, with so much of the text that no orphan follows it. */
function writeFirst(
  article: Article,
  body: TidyText,
  rules: ThreadRules,
): { readonly first: Layout; readonly rest: string } {
  let most = rules.limit;
  for (;;) {
    // A sentence that would have to be cut goes to the next part whole.
    const leastCut = Number.POSITIVE_INFINITY;
    const first = layOut(article, { ...rules, body, excerptLimit: most, leastCut });
    const rest = body.text.slice(first.excerpt.length).trim();
    if (first.excerpt === '' || rules.measure(rest.slice(0, 2 * LEAST_PART)) >= LEAST_PART) {
      return { first, rest };
    }
    most = rules.measure(first.excerpt) - 1;
  }
}

function readSentences(
  text: string,
  isShortened: boolean,
  { language }: Article,
  rules: ThreadRules,
): Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  for (const { at, kind } of findSentenceEnds(text, language)) {
    if (kind === 'doubtful' && at < text.length) continue;
    const gap = /^\s*/u.exec(text.slice(at))?.[0] ?? '';
    sentences.push(...splitLong({ text: text.slice(from, at), gap }, language, rules));
    from = at + gap.length;
  }
  // What was read of the article ends anywhere.
  return isShortened ? sentences.slice(0, -1) : sentences;
}

/** A sentence that is longer than a part, cut after clauses. */
function splitLong(
  sentence: Sentence,
  language: string | undefined,
  { limit, measure }: ThreadRules,
): readonly Sentence[] {
  const pieces: Sentence[] = [];
  let rest = sentence;
  while (measure(rest.text) > limit) {
    const halves = splitSentence(rest, limit, language, measure);
    if (halves === undefined) return [];
    pieces.push(halves[0]);
    rest = halves[1];
  }
  return [...pieces, rest];
}

function splitSentence(
  { text, gap }: Sentence,
  limit: number,
  language: string | undefined,
  measure: (text: string) => number,
): readonly [Sentence, Sentence] | undefined {
  const cut = cutExcerpt({ text, isShortened: true }, { limit, measure, language, leastCut: 1 });
  const kept = cut.replace(/…$/u, '');
  const rest = text.slice(kept.length).replace(/^[\s,;:،؛、，；：]+/u, '');
  if (kept === '' || !text.startsWith(kept) || rest === '') return undefined;
  return [
    { text: cut, gap: ' ' },
    { text: `…${rest}`, gap },
  ];
}

function pack(
  all: readonly Sentence[],
  { language }: Article,
  { limit, measure, mostParts, accepts }: ThreadRules,
): Thread {
  const options = { room: limit, least: LEAST_PART, most: mostParts - 1, measure, accepts };
  let sentences = [...all];
  for (let splits = 0; ; splits += 1) {
    const { counts, isCut } = packParts(sentences, options);
    const parts = group(sentences, counts);
    const texts = parts.map(joinSentences);
    const orphan = texts.findIndex((text) => measure(text) < LEAST_PART);
    if (orphan < 0) return { parts: texts, isCut };

    // Only a long neighbour leaves an orphan: the words that it needs come from there.
    const from = counts.slice(0, orphan).reduce((sum, count) => sum + count, 0);
    const isLast = orphan === texts.length - 1;
    const index = isLast ? from - 1 : from + (counts[orphan] ?? 0);
    const neighbour = sentences[index];
    const room = isLast
      ? measure(neighbour?.text ?? '') / 2
      : limit - measure(texts[orphan] ?? '') - 1;
    const halves = neighbour && splitSentence(neighbour, room, language, measure);
    if (halves === undefined || splits === MOST_SPLITS) {
      return isLast ? { parts: texts.slice(0, -1), isCut: true } : { parts: texts, isCut };
    }
    sentences = sentences.toSpliced(index, 1, ...halves);
  }
}

function group(sentences: readonly Sentence[], counts: readonly number[]): readonly Sentence[][] {
  let from = 0;
  return counts.map((count) => {
    from += count;
    return sentences.slice(from - count, from);
  });
}
