import type { ArticleReading } from '../src/articles/read-article.ts';
import type { EntryTurn, OwnWords } from '../src/core/config.ts';
import type { Problem } from '../src/core/problem.ts';
import type { Path, Source } from '../src/core/source.ts';
import type { EntryFields } from './entry-schema.ts';

type Written = Partial<EntryFields>;
type WrittenArticle = NonNullable<Written['article']>;

/** One article or text of an entry, and where it stands. */
export interface WrittenPart<T> {
  readonly value: T;
  readonly path: Path;
}

/** What the entry publishes, in its order; one where it is no list. */
export function articlesOf(written: Written, at: Path): readonly WrittenPart<WrittenArticle>[] {
  if (written.article !== undefined) return [{ value: written.article, path: [...at, 'article'] }];
  return (written.articles ?? []).map((value, i) => ({ value, path: [...at, 'articles', i] }));
}

export type WrittenWords = string | Readonly<Record<string, string>>;

/** The own words of the entry, in their order; none where the posts are composed. */
export function wordsOf(written: Written, at: Path): readonly WrittenPart<WrittenWords>[] {
  if (written.text !== undefined) return [{ value: written.text, path: [...at, 'text'] }];
  return (written.texts ?? []).map((value, i) => ({ value, path: [...at, 'texts', i] }));
}

/** What is wrong with lists of articles and texts: both forms at once, lists for one time, unequal lengths. */
export function findTurnProblems(written: Written, source: Source, at: Path): Problem[] {
  const refuse = (key: string, message: string): Problem[] => [
    { ...source.placeOf([...at, key], 'key'), message, severity: 'error' },
  ];
  const pairs = [
    ['article', 'articles'],
    ['text', 'texts'],
  ] as const;
  const problems = pairs.flatMap(([one, several]) => {
    if (written[several] === undefined) return [];
    if (written[one] !== undefined) {
      return refuse(
        several,
        `An entry has "${one}" or "${several}", not both. Remove one of the two.`,
      );
    }
    if (written.every === undefined && written[several].length > 1) {
      return refuse(
        several,
        `"${several}" in turn need a time that comes again: write "every" instead of "at", or make an entry of each.`,
      );
    }
    return [];
  });
  const [articles, texts] = [written.articles?.length ?? 1, written.texts?.length ?? 1];
  if (articles > 1 && texts > 1 && articles !== texts) {
    problems.push(
      ...refuse(
        'texts',
        `There are ${articles} articles and ${texts} texts. Give as many texts as articles, or one for all.`,
      ),
    );
  }
  return problems;
}

/** One for all entries without words of their own. */
const NO_WORDS: ReadonlyMap<string, OwnWords> = new Map();

/** The turns of an entry: each article with its words, one of them for all where there is only one. */
export function joinTurns(
  articles: readonly ArticleReading[],
  words: readonly ReadonlyMap<string, OwnWords>[],
): readonly EntryTurn[] {
  const count = Math.max(articles.length, words.length);
  return Array.from({ length: count }, (_, index): EntryTurn[] => {
    const reading = articles[index % articles.length];
    const text = words[index % Math.max(words.length, 1)] ?? NO_WORDS;
    return reading?.article ? [{ article: reading.article, text }] : [];
  }).flat();
}
