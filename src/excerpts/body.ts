import type { Article } from '../core/article.ts';
import { isBoilerplate } from '../wording/boilerplate.ts';
import { dropFarewell } from '../wording/farewell.ts';
import { findLeadInEnd } from '../wording/lead-in.ts';
import { oncePer } from './once-per.ts';
import { findSentenceEnds } from './sentences.ts';
import { type TidyText, tidy } from './tidy.ts';

// How feeds and content systems end a summary that a machine has cut.
const CUT_BY_MACHINE = /\s*(?:\[(?:…|\.\.\.)\]|…|\.\.\.)$/u;

// Of ASCII, Latin-1, general and East Asian punctuation. Without the flag `u`: found in a tenth of the time.
const SIGNS = /[\s!-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u303f]+/g;

const FIRST_LETTER = /[^\s!-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u303f]/;

// What is read of an article at least, so that accounts with different limits share the work.
const SHARED_UNITS = 2000;

const LONGEST_TITLE = 600;
const MOST_SENTENCES = 4;

const SIGNS_ALLOWED = 20;

const sharedBodyOf = oncePer((article: Article) => readBody(article, SHARED_UNITS));

/**
 * What to take an excerpt from: the author's summary, else the text, from where they begin to say something
 * that title and byline do not. A summary that a machine cut, or that stands on every page of its site, gives
 * way to the text, if there is one.
 *
 * @param maxUnits how many UTF-16 units are needed; there may be more
 */
export function chooseBody(article: Article, maxUnits: number): TidyText {
  return maxUnits <= SHARED_UNITS ? sharedBodyOf(article) : readBody(article, maxUnits);
}

function readBody(article: Article, maxUnits: number): TidyText {
  const text = () => skipOpening(dropEnd(tidy(article.text, maxUnits)), article);
  const summary = skipOpening(dropEnd(tidy(article.summary ?? '', maxUnits)), article);
  if (summary.text === '') return text();

  const cut = summary.text.replace(CUT_BY_MACHINE, '');
  const isCut = cut.length < summary.text.length;
  if (!isCut && !isBoilerplate(summary.text, article)) return summary;

  const fromText = text();
  if (fromText.text !== '') return fromText;
  return isCut ? { text: cut, isShortened: true } : summary;
}

function dropEnd(body: TidyText): TidyText {
  if (body.isShortened) return body;
  const { text, isCut } = dropFarewell(body.text);
  return { text: isCut ? `${text}…` : text, isShortened: false };
}

function skipOpening(body: TidyText, article: Article): TidyText {
  const text = skipRepetition(body.text, article);
  const from = findLeadInEnd(text);
  return { ...body, text: from === 0 ? text : skipRepetition(text.slice(from), article) };
}

function skipRepetition(body: string, article: Article): string {
  let text = body;
  let from = 0;
  do {
    text = text.slice(from).trimStart();
    from = findRepeated(text, [article.title, ...bylinesOf(article)]);
  } while (from > 0);
  return text;
}

function bylinesOf({ author }: Article): readonly string[] {
  return author === undefined ? [] : [author, `by ${author}`];
}

/** Where the first sentences end that together say one of these; 0 if they say something else. */
function findRepeated(text: string, sayings: readonly string[]): number {
  const said = sayings
    .filter((saying) => startAlike(saying, text))
    .map((saying) => keyOf(saying.slice(0, LONGEST_TITLE)));
  if (said.length === 0) return 0;

  const longest = Math.max(...said.map((key) => key.length));
  let sentences = 0;
  for (const { at } of findSentenceEnds(text.slice(0, 2 * LONGEST_TITLE))) {
    if (at > 2 * longest + SIGNS_ALLOWED || sentences === MOST_SENTENCES) break;
    if (said.includes(keyOf(text.slice(0, at)))) return at;
    sentences += 1;
  }
  return 0;
}

/** True if two texts have the same first letter: most that differ do so there, and keys take time. */
function startAlike(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) =>
    FIRST_LETTER.exec(text.slice(0, LONGEST_TITLE))?.[0].normalize('NFKC').toLowerCase(),
  );
  return first !== undefined && first === second;
}

/** Without spaces and signs, so that quotes, dashes and capitals make no difference. */
function keyOf(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(SIGNS, '');
}
