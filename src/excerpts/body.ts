import type { Article } from '../core/article.ts';
import { findSentenceEnds } from './sentences.ts';
import { type TidyText, tidy } from './tidy.ts';

// How feeds and content systems end a summary that a machine has cut.
const CUT_BY_MACHINE = /\s*(?:\[(?:…|\.\.\.)\]|…|\.\.\.)$/u;

// Of ASCII, Latin-1, general and East Asian punctuation. Without the flag `u`: found in a tenth of the time.
const SIGNS = /[\s!-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u303f]+/g;

const FIRST_LETTER = /[^\s!-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u303f]/;

const LONGEST_TITLE = 600;
const MOST_SENTENCES = 4;

const SIGNS_ALLOWED = 20;

/**
 * What to take an excerpt from: the author's summary, else the text, without what the title and the byline
 * say already. A summary that a machine cut gives way to the text that it was cut from.
 */
export function chooseBody(article: Article, maxUnits: number): TidyText {
  const text = () => skipRepetition(tidy(article.text, maxUnits), article);
  const summary = skipRepetition(tidy(article.summary ?? '', maxUnits), article);
  if (summary.text === '') return text();
  if (!CUT_BY_MACHINE.test(summary.text)) return summary;

  const fromText = text();
  if (fromText.text !== '') return fromText;
  return { text: summary.text.replace(CUT_BY_MACHINE, ''), isShortened: true };
}

function skipRepetition(body: TidyText, article: Article): TidyText {
  let { text } = body;
  let from = 0;
  do {
    text = text.slice(from).trimStart();
    from = findRepeated(text, [article.title, ...bylinesOf(article)]);
  } while (from > 0);
  return { ...body, text };
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
