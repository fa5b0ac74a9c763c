import { cleanLine, cleanText } from './clean-text.ts';
import { parsePage } from './html-document.ts';
import { decodePage } from './html-encoding.ts';
import { gatherFacts, type PageFacts } from './html-facts.ts';
import { choosePageAuthors } from './page-author.ts';
import { type PageBody, readBody, readParagraphs } from './page-body.ts';
import { baseOf, keyOf } from './page-claims.ts';
import { choosePageDate } from './page-date.ts';
import { choosePageImage, type PageImageChoice } from './page-image.ts';
import { choosePageDirection, choosePageLanguage } from './page-language.ts';
import { choosePageLink } from './page-link.ts';
import { findSiteName } from './page-site.ts';
import { choosePageSummary } from './page-summary.ts';
import { choosePageTags } from './page-tags.ts';
import { dropForeignLines } from './page-text.ts';
import { choosePageTitle } from './page-title.ts';

export interface PageSource {
  readonly bytes: Uint8Array;
  /** As the server says. */
  readonly contentType?: string | undefined;
  /** Where the page was found; missing for a file. */
  readonly url?: string | undefined;
}

/** An article as its page has it: plain data. */
export interface PageArticle {
  readonly title: string;
  /** Paragraphs are separated by an empty line. Empty if the page has no running text. */
  readonly text: string;
  /** The publisher's own short version. */
  readonly summary?: string;
  /** The first paragraph of the text. */
  readonly lead?: string;
  readonly authors: readonly string[];
  /** ISO 8601: an instant, or a day where no more is known. */
  readonly published?: string;
  readonly language?: string;
  readonly direction?: 'ltr' | 'rtl';
  readonly siteName?: string;
  readonly link?: string;
  readonly image?: PageImageChoice;
  readonly tags: readonly string[];
}

/** More is no article, and takes minutes to take apart. */
const mostTags = 150_000;

/** Reads the article of a page. Takes long, or for ever, with pages that are made for it: run it in a worker. */
export function readPage({ bytes, contentType, url }: PageSource): PageArticle {
  const html = decodePage(bytes, contentType);
  if (countTags(html) > mostTags) throw new Error(`more than ${mostTags} elements`);

  const document = parsePage(html);
  const facts = gatherFacts(document);
  const body = readBody(document);
  // The extractor finds nothing in short texts, and has taken the document apart by then.
  return decide(facts, body.text === '' ? readParagraphs(parsePage(html)) : body, url);
}

function countTags(html: string): number {
  let count = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    if (/[a-z]/i.test(html.charAt(at + 1))) count += 1;
  }
  return count;
}

function decide(facts: PageFacts, body: PageBody, url: string | undefined): PageArticle {
  const link = choosePageLink(facts, url);
  const host = link === undefined ? '' : new URL(link).hostname;
  const title = cleanLine(choosePageTitle(facts, host));
  const authors = choosePageAuthors(facts, host, body.byline);
  const language = choosePageLanguage(facts);
  const siteName = findSiteName(facts);
  return {
    title,
    text: dropForeignLines(dropTitle(cleanText(body.text), title)),
    authors,
    tags: choosePageTags(facts),
    ...given('summary', choosePageSummary(facts, { title, siteName })),
    ...given('lead', body.lead && cleanLine(body.lead)),
    ...given('published', choosePageDate(facts, url ?? link ?? '')),
    ...given('language', language),
    ...given('direction', choosePageDirection(facts, language)),
    ...given('siteName', siteName),
    ...given('link', link),
    ...given('image', choosePageImage(facts, baseOf(facts, url), body.images)),
  };
}

/** Extractors often take the headline for the first paragraph. */
function dropTitle(text: string, title: string): string {
  const [first = '', ...rest] = text.split('\n\n');
  return keyOf(first) === keyOf(title) ? rest.join('\n\n') : text;
}

function given<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { [K in Key]: Value });
}
