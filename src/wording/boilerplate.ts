import { isEmptyLine } from './empty-line.ts';

// Summaries that stand on every page of a site.

const SITE =
  'web ?site|site|home ?page|blog|weblog|portal|internetseite|webseite|internetauftritt|webpräsenz|site web|sitio(?: web)?|página|sito(?: web)?|strona|сайт';

// Certain: no article has such a summary.
const ALWAYS: readonly string[] = [
  '[^.!?]{0,60}(?:just another wordpress|ein weitere[rs]? wordpress|un site utilisant wordpress|otro sitio (?:más )?(?:de|realizado con) wordpress|un altro sito targato wordpress|(?:só )?mais um site wordpress|weer een wordpress|kolejna witryna oparta na wordpressie|ещё один сайт на wordpress|yet another wordpress)[^.!?]{0,40}',
  '(?:the )?(?:official )?(?:home ?page|web ?site) (?:of|for) [^.!?]{2,100}',
  `(?:die )?offizielle[rs]? (?:${SITE})[^.!?]{0,100}`,
  '(?:site officiel|sitio oficial|web oficial|página oficial|sito ufficiale|site oficial|officiële website|oficjalna strona|официальный сайт)[^.!?]{0,100}',
  'posted (?:by|in|on) .{2,100}',
  'no (?:description|summary)(?: available| provided| yet)?|keine beschreibung(?: verfügbar)?|(?:meta ?)?description|default description|undefined|null|none|n\\/a|untitled|lorem ipsum.*',
  'page \\p{Nd}+(?: of \\p{Nd}+)?|seite \\p{Nd}+(?: von \\p{Nd}+)?',
  '[^.!?]{0,60}powered by (?:wordpress|blogger|tumblr|phpbb|drupal|joomla|typo3)[^.!?]{0,40}',
];

// Likely, unless the title speaks of the same.
const ELSEWHERE: readonly string[] = [
  "(?:read|get|find|see|watch|discover|browse|your source (?:of|for)|the home (?:of|for))?[^.!?]{0,30}(?:latest|breaking|top|today[’']s|up-to-date|the best)(?: [\\p{L}&,-]+){0,8} (?:news|headlines|stories|updates|coverage|videos?|reviews)(?!\\p{L})[^\\n]{0,240}",
  '(?:[\\p{Lu}][\\p{L}]+(?:,| and| &|)\\s?){2,10}(?:news|coverage)(?: (?:coverage|and|&|,)[^.!?]{0,60})?',
  '(?:aktuelle|aktuellste|die (?:neuesten|aktuellen|wichtigsten)|alle|neueste|tägliche)(?: [\\p{L}&,-]+){0,4} (?:nachrichten|news|meldungen|schlagzeilen)(?!\\p{L})[^\\n]{0,240}',
  '(?:news|nachrichten|informationen|infos|aktuelles)(?:,| und| &| aus| zu| rund)[^\\n]{2,200}',
  "(?:toute l[’']actualité|toute l[’']info|retrouvez (?:toute|toutes|l[’'])|suivez (?:toute |l[’'])|les dernières (?:actualités|infos|nouvelles))[^\\n]{0,200}",
  '(?:las |todas las )?(?:últimas|todas las) noticias[^\\n]{0,200}',
  '(?:le )?(?:ultime|tutte le) (?:notizie|news)[^\\n]{0,200}',
  '(?:as )?(?:últimas|todas as) not[ií]cias[^\\n]{0,200}',
  '(?:het )?laatste nieuws[^\\n]{0,200}',
  '(?:najnowsze|aktualne) (?:wiadomości|informacje)[^\\n]{0,200}',
  '(?:последние|свежие|главные|все) новости[^\\n]{0,200}',
  '(?:son dakika|güncel|en son) haber[^\\n]{0,200}',
  '(?:آخرین|جدیدترین|تازه[\u200c ]?ترین) (?:اخبار|خبرها)[^\\n]{0,200}',
  '(?:آخر|أحدث|أهم) (?:الأخبار|أخبار|الاخبار)[^\\n]{0,200}',
  '[^。]{0,20}最新(?:の)?(?:ニュース|新闻|資訊|资讯|新聞|消息)[^\\n]{0,120}',
  '(?:welcome to|willkommen (?:auf|bei|beim|im|in)|herzlich willkommen(?: auf| bei| beim)?|bienvenue (?:sur|chez|à)|bienvenid[oa]s? a|benvenut[oaie] (?:su|sul|nel|in)|bem-vindo a|welkom (?:op|bij)|witamy (?:na|w)|добро пожаловать (?:на|в))(?!\\p{L})[^.!?]{2,50}',
  '(?:your|dein[e]?|ihr[e]?|votre|tu|su|il tuo|seu|jouw|uw|twój) [^.!?]{2,80}(?:source|touchpoint|portal|magazin|magazine|plattform|platform|guide|ratgeber|blog|anlaufstelle|référence|fuente|rivista)(?!\\p{L})[^.!?]{0,80}',
  `[^.!?]{2,60}(?:[-–—:|,]| ist| is) (?:das|der|die|the|le|la|el|il|o|a|dein|your) [^.!?]{0,60}(?:portal|magazin|magazine|blog|${SITE}|online-?magazin|plattform|platform|zeitung|newspaper)(?!\\p{L})[^.!?]{0,60}`,
];

const whole = (patterns: readonly string[]) =>
  new RegExp(`^(?:${patterns.join('|')})[\\s.!?…]*$`, 'iu');
const ALWAYS_SAID = whole(ALWAYS);
const SAID_ELSEWHERE = whole(ELSEWHERE);

const LONGEST = 320;
const MOST_KEYWORD_WORDS = 3;
const LEAST_KEYWORDS = 6;

/** What the summary may repeat. */
export interface Topic {
  readonly title: string;
  readonly siteName?: string | undefined;
}

/**
 * True for a summary that says nothing of its article, but stands on every page of its site: a slogan, a
 * welcome, a call to subscribe, a list of keywords. In doubt false.
 */
export function isBoilerplate(summary: string, { title, siteName }: Topic): boolean {
  const text = summary.replace(/\s+/gu, ' ').trim();
  if (text.length > LONGEST) return false;
  if (isEmptyLine(text) || ALWAYS_SAID.test(text)) return true;
  if (isAboutTopic(text, title, siteName ?? '')) return false;
  return SAID_ELSEWHERE.test(text) || isKeywords(text) || isSlogan(text, siteName ?? '');
}

/** True if the text has a word of the title that is not the site's name: then it speaks of the article. */
function isAboutTopic(text: string, title: string, siteName: string): boolean {
  const site = new Set(wordsOf(siteName));
  const said = wordsOf(text);
  return wordsOf(title)
    .filter((word) => !site.has(word))
    .some((word) => said.some((other) => isSameWord(word, other)));
}

/** Scripts without spaces have words of one or two letters. */
function wordsOf(text: string): readonly string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.flatMap((word) =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word)
      ? pairsOf(word)
      : word.length > 3
        ? [word]
        : [],
  );
}

function pairsOf(word: string): string[] {
  const letters = Array.from(word);
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

/** Endings differ: the first letters count. */
function isSameWord(one: string, other: string): boolean {
  const length = Math.max(4, Math.min(one.length, other.length) - 2);
  return one.slice(0, length) === other.slice(0, length);
}

/** "Cars, homes, gardens, sports, weather, money": for machines, not for readers. */
function isKeywords(text: string): boolean {
  const parts = text.split(/\s*[,|;、·]\s*/u).filter((part) => part !== '');
  return (
    parts.length >= LEAST_KEYWORDS &&
    !/[.!?]$/u.test(text) &&
    parts.every((part) => part.split(' ').length <= MOST_KEYWORD_WORDS)
  );
}

/** The site's name, alone or with a line about the site after it. */
function isSlogan(text: string, siteName: string): boolean {
  const key = keyOf(siteName);
  if (key.length < 3) return false;
  const start = text.split(/\s[-–—|:•·]\s|:\s|\s[|]\s?/u)[0] ?? '';
  return keyOf(text) === key || (keyOf(start) === key && text.length <= 160);
}

function keyOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^www\.|\.\p{L}{2,4}$/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
