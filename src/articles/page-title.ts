import type { PageFacts } from './html-facts.ts';
import { fromJsonLd, keyOf, metasOf } from './page-claims.ts';
import { findSiteNames } from './page-site.ts';

/** Between a title and the name of its site. */
const separator = /\s+[|–—\-·•»«›‹:~/\\]+\s+|\s*[|｜│¦»]+\s*|\s+::\s+|:\s+/gu;

/** Chinese and Japanese sites set their sections and their name after the title without spaces. */
const eastAsianSite =
  /(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}？！。」』”])(?:\s*_[^_]{1,20})+$|(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}？！。」』”])\s*[-–—]\s*[\p{L}\p{N}]{1,12}(?:网|網|新闻|新聞|频道|頻道|报|報|在线|電視台|通讯社|ニュース|公式サイト)$/u;

/** Names of parts of a site, which stand above many articles. */
const section =
  /^(?:news|latest news|home|homepage|blog|index|welcome|article|press|press releases?|media releases?|details?|page|untitled(?: document)?|aktuelles|aktuell|start|startseite|nachrichten|meldung(?:en)?|presse|pressemitteilung(?:en)?|medienmitteilung(?:en)?|willkommen|artikel|beitrag|accueil|actualités?|actus?|communiqués?(?: de presse)?|inicio|noticias|notizie|notícias|nieuws|aktualności|новости|главная|haberler|新闻|ニュース|お知らせ|اخبار|الأخبار)$/iu;

/**
 * The headline of a page: the heading that its tags agree with, for that is what readers see; else the title
 * of its tags, without the name of the site.
 */
export function choosePageTitle(facts: PageFacts, host: string): string {
  const sites = findSiteNames(facts, host).map(keyOf);
  const tags = [
    ...metasOf(facts, 'og:title'),
    ...fromJsonLd(facts, 'headline'),
    ...metasOf(facts, 'twitter:title'),
    ...facts.titles.slice(0, 1),
    ...metasOf(facts, 'title', 'dc.title', 'parsely-title', 'sailthru.title'),
  ].filter((tag) => keyOf(tag) !== '' && !sites.includes(keyOf(tag)));

  const plain = preferTitles(
    tags.map((tag) => dropSiteName(tag.replace(archive, '').replace(eastAsianSite, ''), sites)),
  );
  const heading = findAgreed(facts, plain, sites);
  if (heading !== undefined) return heading;
  const [first] = plain;
  if (first !== undefined) return first;
  return (
    preferTitles(facts.headings.filter(({ isAside }) => !isAside).map(({ text }) => text))[0] ??
    facts.titles[0] ??
    ''
  );
}

/** Without empty ones and, if there are others, without names of sections. */
function preferTitles(titles: readonly string[]): readonly string[] {
  const given = titles.filter((title) => title !== '');
  const own = given.filter((title) => !section.test(title));
  return own.length > 0 ? own : given;
}

function findAgreed(
  facts: PageFacts,
  tags: readonly string[],
  sites: readonly string[],
): string | undefined {
  const named = tags.map((tag) => ({ tag, key: keyOf(tag) }));
  const ranked = facts.headings
    .filter(({ text }) => text.length <= 300)
    .map((heading) => ({ ...heading, key: keyOf(heading.text) }))
    .filter(({ key, text }) => key.length >= 4 && !sites.includes(key) && !section.test(text))
    .toSorted((a, b) => Number(b.tag === 'h1') - Number(a.tag === 'h1'));
  for (const { tag: level, text, key } of ranked) {
    if (named.some((tag) => tag.key === key)) return text;
    const share = level === 'h1' ? 0.4 : 0.6;
    if (named.some((tag) => tag.key.includes(key) && key.length >= tag.key.length * share))
      return text;
    // A heading often starts with a line above the title; the tags have the title alone.
    const inside = named.find((tag) => key.endsWith(tag.key) && tag.key.length >= key.length * 0.5);
    if (inside) return inside.tag;
    if (named.some((tag) => key.includes(tag.key) && tag.key.length >= key.length * 0.6))
      return text;
  }
  return undefined;
}

const archive = /^(?:blog )?archiv\w*\s*[»:-]\s*/i;

/** Takes the site's name off the end or the start of a title. */
function dropSiteName(title: string, sites: readonly string[]): string {
  const cuts = [...title.matchAll(separator)];
  const last = cuts.at(-1);
  const [first] = cuts;
  if (!first || !last) return title;

  const head = title.slice(0, last.index).trim();
  const tail = title.slice(last.index + last[0].length).trim();
  if (isSite(tail, sites) && head !== '') return dropSiteName(head, sites);
  // What follows a bar is hardly ever the title, even if no tag says what it is.
  if (/[|｜]/.test(last[0]) && head.length >= tail.length * 0.7) return dropSiteName(head, sites);
  const start = title.slice(0, first.index).trim();
  const rest = title.slice(first.index + first[0].length).trim();
  if (isSite(start, sites) && rest !== '') return rest;
  return title;
}

function isSite(part: string, sites: readonly string[]): boolean {
  const key = keyOf(part);
  if (key === '') return true;
  return sites.some(
    (site) =>
      key === site || (site.length >= 4 && key.includes(site) && key.length < site.length * 3),
  );
}
