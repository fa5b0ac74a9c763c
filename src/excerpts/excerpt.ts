import { findCuts, trimCut } from './cuts.ts';
import { oncePer } from './once-per.ts';
import { findSentenceEnds, type SentenceEnd } from './sentences.ts';
import type { TidyText } from './tidy.ts';

const ELLIPSIS = '…';

export interface ExcerptOptions {
  /** The most that the excerpt may measure. */
  readonly limit: number;
  /** Length as the network counts it; of two texts with a space between, the sum of theirs and the space's. */
  readonly measure: (text: string) => number;
  readonly language?: string | undefined;
  /** A sentence that has to be cut is left out unless at least this much of it fits. */
  readonly leastCut?: number;
}

// Whole sentences that leave two thirds of the room empty say less than a cut one does.
const ENOUGH = 1 / 3;

// No text that fits has more UTF-16 units than this for each of the limit: emoji have up to 15, links more.
const MOST_UNITS = 20;

/**
 * The start of a text, no longer than the limit: as many whole sentences as fit; where those are too few, cut
 * after a clause or a word and marked with an ellipsis. Never within a grapheme, a word, an address, a mention
 * or a hashtag; within a word only if it is endless. Empty if nothing sensible fits.
 */
export function cutExcerpt(source: TidyText, options: ExcerptOptions): string {
  const { text, isShortened } = source;
  const { limit, measure } = options;
  if (text === '' || limit <= 0) return '';
  if (!isShortened && text.length <= limit * MOST_UNITS && measure(text) <= limit) return text;

  const sentences = fitSentences(source, options);
  if (sentences !== '' && measure(sentences) >= limit * ENOUGH) return sentences;
  return cutWithin(source, options) || sentences;
}

/** As many whole sentences as fit; empty if none does. */
function fitSentences(source: TidyText, options: ExcerptOptions): string {
  const { text, isShortened } = source;
  const { limit, measure, language } = options;
  let size = 0;
  let from = 0;
  const fitting: number[] = [];
  for (const end of endsOf(source, language)) {
    size += measure(text.slice(from, end.at));
    from = end.at;
    if (size > limit) break;
    // Where the text was shortened, its last mark may belong to an abbreviation or a number.
    if (end.kind === 'sure' && !(isShortened && end.at === text.length)) fitting.push(end.at);
  }
  // The sum is exact but where a link touches the sentence before it.
  const at = fitting.findLast((end) => measure(text.slice(0, end)) <= limit) ?? 0;
  return text.slice(0, at);
}

const readingsOf = oncePer((_: TidyText) => new Map<string | undefined, Reading>());

/** The ends of sentences found so far, and the search that finds the next ones. */
interface Reading {
  readonly ends: SentenceEnd[];
  readonly search: Iterator<SentenceEnd>;
}

/** The ends of the sentences of a source, each looked for once, whatever the accounts that it is cut for. */
function* endsOf(source: TidyText, language: string | undefined): Generator<SentenceEnd> {
  const readings = readingsOf(source);
  const reading = readings.get(language) ?? {
    ends: [],
    search: findSentenceEnds(source.text, language),
  };
  readings.set(language, reading);
  for (let index = 0; ; index += 1) {
    if (index === reading.ends.length) {
      const next = reading.search.next();
      if (next.done) return;
      reading.ends.push(next.value);
    }
    const end = reading.ends[index];
    if (end) yield end;
  }
}

function cutWithin({ text, isShortened }: TidyText, options: ExcerptOptions): string {
  const { limit, measure, language, leastCut = 1 } = options;
  const room = limit - measure(ELLIPSIS);
  for (const { at } of findCuts(text, { room, measure, language, isShortened })) {
    const kept = trimCut(text.slice(0, at), language);
    if (kept === '') continue;

    const excerpt = kept + ELLIPSIS;
    const size = measure(excerpt);
    if (size <= limit && size >= leastCut) return excerpt;
  }
  return '';
}
