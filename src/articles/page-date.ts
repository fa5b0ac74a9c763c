import type { PageFacts } from './html-facts.ts';
import { fromJsonLd, metasOf, propertiesOf } from './page-claims.ts';
import { readPageDate } from './read-date.ts';

/** When the page says that its article came out: ISO 8601, with the time only if that is known. */
export function choosePageDate(facts: PageFacts, url: string): string | undefined {
  const times = facts.dates.filter(({ isAside }) => !isAside);
  const inTime = (test: (marks: string) => boolean) =>
    times.filter(({ marks }) => test(marks)).flatMap(({ value, text }) => [value, text]);
  const claims = [
    ...fromJsonLd(facts, 'datePublished'),
    ...metasOf(facts, 'article:published_time', 'og:article:published_time', 'og:published_time'),
    ...propertiesOf(facts, 'datepublished'),
    ...fromJsonLd(facts, 'dateCreated'),
    ...fromJsonLd(facts, 'uploadDate'),
    ...metasOf(
      facts,
      'datepublished',
      'parsely-pub-date',
      'sailthru.date',
      'publish-date',
      'publish_date',
      'pubdate',
      'dc.date.issued',
      'dc.issued',
      'dc.date.created',
      'dc.created',
      'dc.date',
      'dc.date',
      'date',
      'article:published',
      'published_time',
      'citation_publication_date',
      'citation_date',
      'publication_date',
      'cxenseparse:recs:publishtime',
      'created',
      'article_date_original',
      'bt:pubdate',
      'ptime',
      'displaydate',
      'release_date',
      'last-modified-original',
    ),
    ...inTime((marks) => /publish|pubdate|posted|entry-date|created|erstell|veröff/.test(marks)),
    ...propertiesOf(facts, 'datecreated', 'uploaddate'),
    ...times.filter(({ tag }) => tag === 'time').flatMap(({ value, text }) => [value, text]),
    dateInUrl(url),
    ...inTime(() => true),
    ...metasOf(
      facts,
      'article:modified_time',
      'og:updated_time',
      'dc.modified',
      'dc.date.modified',
      'last-modified',
    ),
    ...fromJsonLd(facts, 'dateModified'),
    ...propertiesOf(facts, 'datemodified'),
  ];
  for (const claim of claims) {
    const read = claim === undefined ? undefined : readPageDate(claim);
    if (read !== undefined) return read;
  }
  return undefined;
}

function dateInUrl(url: string): string | undefined {
  const [, year, month, day] =
    /[/_-](20\d\d|19[89]\d)[/_-]?(0[1-9]|1[0-2])[/_-]?([0-2]\d|3[01])(?=[/_.-]|$|\D)/.exec(url) ??
    [];
  return day === undefined ? undefined : `${year}-${month}-${day}`;
}
