import { chooseBody } from '../excerpts/body.ts';
import { makeHashtags } from '../excerpts/hashtags.ts';
import { tidy, tidyLine } from '../excerpts/tidy.ts';
import { oncePerArticle } from './once-per-article.ts';

// What is read of a text: more than any network shows of it, so that the last sentence is seen whole.
const UNITS_READ = 1500;

export const titleOf = oncePerArticle(({ title }) => tidyLine(title, UNITS_READ));

export const summaryOf = oncePerArticle(({ summary }) => tidy(summary ?? '', UNITS_READ));

/** What to take an excerpt from. */
export const bodyOf = oncePerArticle((article) => chooseBody(article, UNITS_READ));

/** The same beside the author's summary. */
export const textOf = oncePerArticle((article) =>
  chooseBody({ ...article, summary: '' }, UNITS_READ),
);

export const hashtagsOf = oncePerArticle(({ tags }) => makeHashtags(tags));
