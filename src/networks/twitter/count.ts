import { lightRequire } from '../../core/light-require.ts';
import { findAll } from '../../excerpts/find-all.ts';

const twitterText = lightRequire<typeof import('twitter-text')>('twitter-text');

/** What X takes of an account without a paid plan, by its weighted count. */
export const TWEET_LIMIT = 280;

/** What X counts for any link, however long. */
export const LINK_WEIGHT = 23;

// An emoji of 2010: twitter-text knows it, so it weighs 2 wherever it stands.
const STAND_IN = '\u{1f600}';

// Not a literal: the compiler refuses the flag `v` below ES2024, though every Node that we run on has it.
const ANY_EMOJI = '\\p{RGI_Emoji}';
const EMOJI = new RegExp(ANY_EMOJI, 'gv');

// Every character that emoji are made of, without the flag `u`: found in a fifth of the time.
const MAY_BE_EMOJI =
  /[\u00a9\u00ae\u203c\u2049\u2122-\u2bff\u3030\u303d\u3297\u3299\ud83c-\ud83f]|\u20e3/;

// The characters that weigh 1 by configuration 3 of twitter-text. All others weigh 2.
const LIGHT: readonly (readonly [number, number])[] = [
  [0x0000, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
];

// The search for links takes time by the square of a word's length. No post that fits has longer texts or
// words than these but for addresses, which are found quickly.
const LONGEST_PARSED = 1000;
const LONGEST_WORD = 600;
const WORD_CHUNK = 200;
const LONGEST_ADDRESS = 8192;
const LONGEST_SEARCHED = 20_000;
const ADDRESS = /https?:\/\//i;

const DOT = 0x2e;

// Runs of characters that NFC never changes nor joins, with their weight: Greek, Cyrillic and Armenian, Hebrew,
// Arabic, spaces and joiners, dashes and quotes, the ellipsis, kana, Han.
const PLAIN: readonly (readonly [number, number, number])[] = [
  [0x388, 0x482, 1],
  [0x48a, 0x58f, 1],
  [0x5d0, 0x5ea, 1],
  [0x600, 0x652, 1],
  [0x656, 0x6ff, 1],
  [0x2002, 0x200d, 1],
  [0x2010, 0x201f, 1],
  [0x2020, 0x2027, 2],
  [0x3001, 0x3029, 2],
  [0x3041, 0x3096, 2],
  [0x30a0, 0x30ff, 2],
  [0x4e00, 0x9fff, 2],
  [0xff01, 0xff5e, 2],
];

// An article's link is weighed many times while its post is composed.
const MOST_REMEMBERED = 500;
const remembered = new Map<string, number>();

// A label of a domain has 63 characters at most, so no address reaches across such a run.
const FOREIGN_RUN = /\P{ASCII}{64,}/gu;

/**
 * Weight of a text as X counts it: on NFC, 23 a link (bare domains are links), 2 an emoji, 1 or 2 any other
 * character. The table of emoji in twitter-text is of 2018 and counts the parts of newer ones; here every
 * emoji that Unicode recommends weighs 2, as X says.
 */
export function measureTweet(text: string): number {
  const plain = weighPlain(text);
  if (plain !== undefined) return plain;

  const normalized = text.normalize('NFC');
  if (!MAY_BE_EMOJI.test(normalized)) return weigh(normalized);

  const replaced = normalized.replace(EMOJI, STAND_IN);
  return replaced.length > LONGEST_PARSED ? weigh(replaced) : parse(replaced);
}

/** Weight by the strictest reading: ours or that of twitter-text as it is, whichever is more. */
export function measureTweetStrictly(text: string): number {
  const plain = weighPlain(text);
  if (plain !== undefined) return plain;

  const normalized = text.normalize('NFC');
  if (!MAY_BE_EMOJI.test(normalized)) return weigh(normalized);
  return Math.max(parse(normalized), measureTweet(normalized));
}

/** True if X finds this very address in a text that holds it: it neither ends earlier nor stays plain text. */
export function isWholeLink(address: string): boolean {
  const [found] = twitterText.extractUrlsWithIndices(` ${address} `);
  return found?.url === address;
}

/** The words of a text that X makes links of, bare domains such as `Socket.io` among them. */
export function findLinks(text: string): readonly string[] {
  const searched = text.normalize('NFC').slice(0, LONGEST_SEARCHED);
  return [...findDottedWords(searched)].flatMap(({ start, end }) =>
    twitterText
      .extractUrlsWithIndices(searched.slice(start, Math.min(end, start + LONGEST_WORD)))
      .map(({ url }) => url),
  );
}

/** Names that X would notify if the text were posted, without `@`. */
export function findMentions(text: string): readonly string[] {
  return twitterText.extractMentions(text);
}

/** Ticker symbols that X makes links of, without `$`. */
export function findCashtags(text: string): readonly string[] {
  return twitterText.extractCashtags(text);
}

/** True if the text holds characters that X refuses, such as byte-order marks. */
export function hasRefusedCharacters(text: string): boolean {
  return twitterText.hasInvalidCharacters(text);
}

/**
 * The weight of a text that NFC leaves as it is and that holds no link and no emoji, letter by letter; undefined
 * of any that might.
 */
function weighPlain(text: string): number | undefined {
  let weight = 0;
  let isAfterDot = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const own = unit < 0x300 ? 1 : weighPlainLetter(unit);
    // © and ® may be emoji; what follows a dot may be a domain.
    if (own === 0 || unit === 0xa9 || unit === 0xae) return undefined;
    if (isAfterDot && mayBeLetter(unit)) return undefined;
    isAfterDot = unit === DOT;
    weight += own;
  }
  return weight;
}

/** 0 for marks that join with letters, surrogates, and all that is rare. */
function weighPlainLetter(unit: number): number {
  for (const [from, to, weight] of PLAIN) if (unit <= to) return unit >= from ? weight : 0;
  return 0;
}

/** True for every letter, and for other characters beyond ASCII. */
function mayBeLetter(unit: number): boolean {
  const isPunctuation = unit >= 0x2000 && unit <= 0x206f;
  return (
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0xaa && !isPunctuation)
  );
}

function parse(text: string): number {
  return twitterText.parseTweet(text).weightedLength;
}

/** The same sum as twitter-text's for texts without emoji, in a fraction of the time. */
function weigh(text: string): number {
  let weight = weighCharacters(text.slice(LONGEST_SEARCHED));
  let from = 0;
  const searched = text.slice(0, LONGEST_SEARCHED);
  for (const { start, end } of findDottedWords(searched)) {
    const word = searched.slice(start, end);
    weight += weighCharacters(searched.slice(from, start));
    weight += word.length > LONGEST_WORD ? weighLongWord(word) : weighWord(word);
    from = end;
  }
  return weight + weighCharacters(searched.slice(from));
}

/** The words that may hold links: no domain is without a dot before a letter. */
function* findDottedWords(text: string): Generator<{ start: number; end: number }> {
  for (let dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
    if (!/^\p{L}/u.test(text.slice(dot + 1, dot + 3))) continue;

    let start = dot;
    while (start > 0 && /\S/.test(text.charAt(start - 1))) start -= 1;
    const length = text.slice(dot).search(/\s/);
    const end = length < 0 ? text.length : dot + length;
    yield { start, end };
    dot = end;
  }
}

function weighLongWord(word: string): number {
  let weight = 0;
  let from = 0;
  for (const run of findAll(word, FOREIGN_RUN)) {
    weight += weighChunks(word.slice(from, run.index)) + weighCharacters(run[0]);
    from = run.index + run[0].length;
  }
  return weight + weighChunks(word.slice(from));
}

function weighChunks(part: string): number {
  if (part.length <= LONGEST_ADDRESS && ADDRESS.test(part)) return weighWord(part);

  let weight = 0;
  for (let from = 0; from < part.length; from += WORD_CHUNK) {
    weight += weighWord(part.slice(from, from + WORD_CHUNK));
  }
  return weight;
}

function weighWord(word: string): number {
  const known = remembered.get(word);
  if (known !== undefined) return known;

  let weight = 0;
  let from = 0;
  for (const { url, indices } of twitterText.extractUrlsWithIndices(word)) {
    weight += weighCharacters(word.slice(from, indices[0])) + LINK_WEIGHT;
    from = indices[0] + url.length;
  }
  weight += weighCharacters(word.slice(from));
  if (remembered.size === MOST_REMEMBERED) remembered.clear();
  remembered.set(word, weight);
  return weight;
}

function weighCharacters(text: string): number {
  let weight = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (isLight(unit)) weight += 1;
    else {
      weight += 2;
      if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(index + 1))) index += 1;
    }
  }
  return weight;
}

function isLight(unit: number): boolean {
  return (
    unit <= 0x10ff || (unit <= 0x2037 && LIGHT.some(([from, to]) => unit >= from && unit <= to))
  );
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
