import type { Pages } from '../articles/pages.ts';
import type { Article } from '../core/article.ts';
import type { Place } from '../core/problem.ts';

/**
 * The article as its page has it, where the page has more than the feed. What cannot be read is as the feed tells
 * it, and `warning` says why.
 */
export async function readWholeArticle(
  article: Article,
  pages: Pages,
  place: Place,
): Promise<{ readonly article: Article; readonly warning?: string }> {
  if (article.link === undefined) return { article };
  const { written, problems } = await pages.readAddress(article.link, place);
  if (!written) {
    const reason = problems.find(({ severity }) => severity === 'error')?.message ?? '';
    return {
      article,
      warning: `${article.link} could not be read, and the feed's own words are taken. ${reason}`,
    };
  }
  const { text, summary, image, language, direction, author, siteName } = written;
  return {
    article: {
      ...article,
      ...(text.length > article.text.length && { text: text.slice(0, 20_000) }),
      ...(summary && { summary }),
      ...(language && { language }),
      ...(direction && { direction }),
      ...(siteName && { siteName }),
      ...(article.author === undefined && author && { author }),
      ...(article.title === '' && { title: written.title }),
      ...(article.tags.length === 0 && { tags: written.tags }),
      ...(image && { images: [{ file: image.file, alt: image.alt }] }),
      isFromPage: true,
    },
  };
}
