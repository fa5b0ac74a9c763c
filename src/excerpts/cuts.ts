import { classifyAbbreviation } from './abbreviations.ts';
import { findAll } from './find-all.ts';
import { findEnclosures } from './quotes.ts';
import { findGraphemeEnds, findUnbreakables, isUnspaced, isWordBoundary } from './units.ts';

/** A place where a text may be cut within a sentence. */
export interface Cut {
  readonly at: number;
  /** What the text before it measures. */
  readonly size: number;
}

export interface CutOptions {
  /** The most that the text before a cut may measure. */
  readonly room: number;
  readonly measure: (text: string) => number;
  readonly language?: string | undefined;
  /** True if the text goes on after its end, perhaps within a word. */
  readonly isShortened: boolean;
}

// A cut may give up this share of the room to stand after a clause, or before a quotation that it would break.
const CLAUSE_FROM = 0.7;
const QUOTATION_FROM = 0.6;

const CLAUSE_END = /[,;:،؛、，；：—–।۔。.！!？?؟)\]）」』”»]$/u;

const PIECE = /([^ \n、，；：。！？」』）]*[、，；：。！？」』）]*)([ \n]*)/gu;

const LONGEST_PIECE = 600;
const MOST_TRIES = 48;
const MOST_WORD_CUTS = 4;

// A number says nothing without its unit: "5 km", "20 %", "3 million".
const NUMBER_BEFORE = /[\p{Nd}\p{Sc}]$/u;
const UNIT_AFTER =
  /^ (?:[%‰°\p{Sc}]|\p{Ll}{1,3}(?!\p{L})|[mb]illi|тыс|млн|млрд|هزار|میلیون|میلیارد)/u;

const DANGLING = /(?:[\s,;:،؛、，；：·\-–—/&+=|<\p{Ps}\p{Pi}]|(?<=\s|^)["'”»’]+)+$/u;

/** The cuts that fit, in the order in which to try them: after a clause, else after the last word. */
export function findCuts(text: string, options: CutOptions): readonly Cut[] {
  const cuts = listCuts(text, options).toReversed();
  const last = cuts[0];
  if (last === undefined) return [];

  const opener = findEnclosures(text.slice(0, last.at)).unclosed.at(-1) ?? last.at;
  const unbroken = cuts.filter(
    (cut) => cut.at <= opener && cut.size >= options.room * QUOTATION_FROM,
  );
  const clause = (unbroken.length > 0 ? unbroken : cuts).find(
    (cut) =>
      cut.size >= options.room * CLAUSE_FROM && CLAUSE_END.test(text.slice(cut.at - 2, cut.at)),
  );
  return [...(clause ? [clause] : []), ...unbroken, ...cuts];
}

/** What to show of a text before a cut: nothing hangs at its end that points at words which are not there. */
export function trimCut(text: string, language: string | undefined): string {
  let kept = text;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    kept = kept.replace(DANGLING, '');
    const word = /([^\s\p{Ps}\p{Pi}"'’]+)\.$/u.exec(kept)?.[1];
    if (word === undefined) return /…$/u.test(kept) ? kept.slice(0, -1) : kept;

    const abbreviation = classifyAbbreviation(word, language);
    if (abbreviation === 'open') return kept;
    if (abbreviation === undefined) kept = kept.replace(/\.+$/u, '');
    else kept = kept.slice(0, -word.length - 1);
  }
  return kept;
}

function listCuts(text: string, options: CutOptions): readonly Cut[] {
  const { room, measure, isShortened } = options;
  const cuts: Cut[] = [];
  let size = 0;
  for (const match of findAll(text, PIECE)) {
    const [all, piece = '', space = ''] = match;
    if (all === '') break;

    const at = match.index + piece.length;
    const pieceSize = measure(piece);
    if (size + pieceSize > room) {
      if (isUnspaced(piece) || cuts.length === 0) {
        cuts.push(...listCutsWithin(text, match.index, piece, size, options));
      }
      break;
    }
    size += pieceSize;
    if (isShortened && at === text.length) break;
    if (isGoodCut(text, at)) cuts.push({ at, size });
    size += space === '' ? 0 : measure(space);
  }
  return cuts;
}

function isGoodCut(text: string, at: number): boolean {
  if (/[\u200c\u200d]$/u.test(text.slice(at - 1, at))) return false;
  return !(NUMBER_BEFORE.test(text.slice(at - 1, at)) && UNIT_AFTER.test(text.slice(at, at + 12)));
}

/** Cuts between the words of a script without spaces; of an endless word in any other, between its letters. */
function listCutsWithin(
  text: string,
  from: number,
  piece: string,
  sizeBefore: number,
  { room, measure }: CutOptions,
): readonly Cut[] {
  const fitting: Cut[] = [];
  let size = sizeBefore;
  let last = 0;
  // Half a character at its end would pass for a grapheme of its own, and the part before it for a whole one.
  const beginning = piece.slice(0, LONGEST_PIECE).replace(/\p{Surrogate}$/u, '');
  for (const end of findGraphemeEnds(beginning)) {
    size += measure(beginning.slice(last, end));
    last = end;
    // The last one may only be part of a grapheme, where the beginning ends.
    if (size > room || end === beginning.length) break;
    fitting.push({ at: from + end, size });
  }
  const unbreakables = findUnbreakables(beginning);
  const isBetween = ({ at }: Cut) =>
    unbreakables.every((span) => at - from <= span.from || at - from >= span.to) &&
    (!isUnspaced(piece) || isWordBoundary(text, at));
  return fitting
    .slice(-MOST_TRIES)
    .toReversed()
    .filter(isBetween)
    .slice(0, MOST_WORD_CUTS)
    .toReversed();
}
