import type { Article } from '../core/article.ts';
import { chooseBody } from '../excerpts/body.ts';
import { makeHashtags } from '../excerpts/hashtags.ts';
import { oncePer } from '../excerpts/once-per.ts';
import { tidy, tidyLine } from '../excerpts/tidy.ts';

// What is read of a text: more than any network shows of it, so that the last sentence is seen whole.
const UNITS_READ = 1500;

export const titleOf = oncePer(({ title }: Article) => tidyLine(title, UNITS_READ));

export const summaryOf = oncePer(({ summary }: Article) => tidy(summary ?? '', UNITS_READ));

/** What to take an excerpt from. */
export const bodyOf = oncePer((article: Article) => chooseBody(article, UNITS_READ));

/** The same beside the author's summary. */
export const textOf = oncePer((article: Article) =>
  chooseBody({ ...article, summary: '' }, UNITS_READ),
);

export const hashtagsOf = oncePer(({ tags }: Article) => makeHashtags(tags));
