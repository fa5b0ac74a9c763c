import { cleanLine } from './clean-text.ts';
import type { Marked, PageFacts } from './html-facts.ts';
import { listOf } from './json-ld.ts';
import { articleObjects, keyOf, metasOf, propertiesOf, tidy } from './page-claims.ts';
import { findSiteNames } from './page-site.ts';
import { readPageDate } from './read-date.ts';

const by =
  'by|von|par|por|di|da|door|af|av|przez|autor(?:in|en)?|author|text|texte|story|words|redaktion|geschrieben von|verfasst von|eingestellt von|erstellt von|veröffentlicht von|publié par|escrito por|scritto da|written by|posted by|published by|ein (?:beitrag|artikel|gastbeitrag) von';
const saysBy = new RegExp(`^(?:${by})(?:\\s*:\\s*|\\s+)(?=\\S)`, 'iu');
const noName =
  /^(?:by|von|admin|author|autor|unknown|no author|redaktion|staff|follow|publiziert am|guest|gast|null|none|share|print|home|posted|published|updated|datum|date|stand|veröffentlicht|aktualisiert|(?:zuletzt )?geändert(?: am)?|vorlesen|anhören|kontaktieren|sponsored|gesponserte inhalte|authoring|comments?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)$|→|\.{3}|https?:|^www\.|@|^\d+$/i;
const mostLetters = 80;

/** The names of those who wrote the article, as the page gives them: people before organisations. */
export function choosePageAuthors(facts: PageFacts, host: string, byline?: string): string[] {
  const claims = [...gatherClaims(facts), [byline ?? '']]
    .map((names) => [...new Set(names.flatMap(cleanNames))])
    .filter((names) => names.length > 0);
  const sites = findSiteNames(facts, host).map(keyOf);
  const people = claims.filter((names) => !names.some((name) => isSiteName(name, sites)));
  const seen = people.find((names) => names.every((name) => isSeen(name, facts.bylines)));
  const [first] = people;
  // What the tags say is taken for the author only until the page shows another of its claims as such.
  return (
    (first && isSeen(first[0] ?? '', facts.bylines) ? first : seen) ?? first ?? claims[0] ?? []
  );
}

function gatherClaims(facts: PageFacts): string[][] {
  return [
    ...articleObjects(facts)
      .slice(0, 3)
      .map(({ author, creator }) => listOf(author ?? creator).flatMap(namesOf)),
    metasOf(facts, 'author'),
    metasOf(facts, 'article:author', 'parsely-author', 'sailthru.author'),
    metasOf(facts, 'dc.creator', 'dcterms.creator', 'citation_author', 'byl', 'cxenseparse:author'),
    propertiesOf(facts, 'author'),
    ...marked(facts, ({ marks, tag }) => tag === 'a' && /\bauthor\b/.test(marks)),
    ...marked(facts, ({ marks }) => marks !== 'says-by'),
    ...marked(facts, ({ marks }) => marks === 'says-by').filter(([text]) => isNamed(text)),
  ];
}

function namesOf(author: unknown): string[] {
  if (typeof author === 'string') return [author];
  const name = (author as { name?: unknown } | undefined)?.name;
  return listOf(name).filter((one) => typeof one === 'string');
}

function marked(facts: PageFacts, test: (byline: Marked) => boolean): string[][] {
  return facts.bylines
    .filter((byline) => !byline.isAside && test(byline))
    .map(({ text }) => [text]);
}

const particles =
  /^(?:de|del|della|di|da|do|dos|la|le|van|von|vom|zu|zur|den|der|ter|bin|ibn|al|el|y|e|et|and|und|en|&|mit|for)$/;

/** Sentences start with "By" and "Von" as well: after those that name someone stand names alone. */
function isNamed(line = ''): boolean {
  const [name = ''] = line.replace(saysBy, '').split(/[,|•·–—(:]|\s-\s|\d/);
  const words = name.trim().split(/\s+/);
  return (
    words.length <= 8 &&
    words.every((word) => !/^[„“"«\p{Ll}]/u.test(word) || particles.test(word)) &&
    /^\P{Ll}/u.test(words[0] ?? '')
  );
}

function cleanNames(written: string): string[] {
  let name = tidy(written);
  for (let round = 0; round < 3; round++) name = name.replace(saysBy, '');
  name = cleanLine(dropDate(name).replace(/^[\s|,:•·–-]+|[\s|,:•·–/-]+$/g, ''));
  return name.length < 2 || name.length > mostLetters || noName.test(name) || isNoName(name)
    ? []
    : [name];
}

function isNoName(text: string): boolean {
  return (
    readPageDate(text) !== undefined ||
    /\d{3}|:\d\d|last updated|follow us|sign (?:up|in)|[：:]$/i.test(text) ||
    text.split(' ').length > 12
  );
}

/** Bylines go on with the day: what stands before it is the name. */
function dropDate(text: string): string {
  const start =
    /\s*(?:[|•·,–-]\s*)?(?:\b(?:am|on|le|el)\s+)?(?:\d{1,2}[./]\s?(?:\d|\p{L})|\b\d{4}-\d\d|\b\p{L}{3,9}\.?\s\d{1,2},?\s\d{4})/u.exec(
      text,
    );
  return start && readPageDate(text.slice(start.index)) !== undefined
    ? text.slice(0, start.index)
    : text;
}

function isSiteName(name: string, sites: readonly string[]): boolean {
  const key = keyOf(name);
  return (
    /^\S+\.[a-z]{2,4}$/i.test(name) ||
    sites.some((site) => key === site || (site.length > 5 && key.includes(site)))
  );
}

/** One of the names is enough: bylines join several in their own ways. */
function isSeen(name: string, bylines: readonly Marked[]): boolean {
  const keys = name
    .split(/[,;/&]|\s(?:and|und|et|y|e)\s/)
    .map(keyOf)
    .filter((key) => key.length > 3);
  return bylines.some(
    ({ text, isAside }) => !isAside && keys.some((key) => keyOf(text).includes(key)),
  );
}

/** True for a short line that starts like "By …" in one of several languages. */
export function looksLikeByline(line: string): boolean {
  return line.length <= mostLetters && saysBy.test(line);
}
