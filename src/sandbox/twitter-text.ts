import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

// Takes half as long as `import`, which looks through all of its files for what they export.
const twitterText = createRequire(import.meta.url)('twitter-text') as typeof import('twitter-text');

/** Every URL counts as this many, whatever its length. */
const urlWeight = 23;
const lightRanges = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const;
const emoji =
  /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator}|\u20E3|\u200D/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Length as X counts it: URLs 23, an emoji 2 however it is put together, Latin 1, most others 2. */
export function weighText(text: string): number {
  let weight = 0;
  for (const piece of piecesOf(text.normalize('NFC'))) {
    weight += piece.isUrl ? urlWeight : weighPlain(piece.text);
  }
  return weight;
}

function weighPlain(text: string): number {
  // Most texts: each unit below U+1100 is a character of weight 1.
  if (!/[\u1100-\uffff]/.test(text)) return text.length;
  let weight = 0;
  for (const { segment } of graphemes.segment(text)) {
    const sum = [...segment].reduce((total, character) => total + weighCharacter(character), 0);
    weight += emoji.test(segment) ? Math.min(2, sum) : sum;
  }
  return weight;
}

function weighCharacter(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return lightRanges.some(([first, last]) => point >= first && point <= last) ? 1 : 2;
}

export interface UrlEntity {
  readonly start: number;
  readonly end: number;
  readonly url: string;
  readonly expanded_url: string;
  readonly display_url: string;
  readonly media_key?: string;
}

/** What X gives back of a text: escaped, each URL as a t.co link, one more t.co link for the images. */
export function readBack(
  id: string,
  text: string,
  media: { readonly keys: readonly string[]; readonly expandedUrl: string },
): { text: string; urls: readonly UrlEntity[] } {
  const urls: UrlEntity[] = [];
  let result = '';
  let length = 0;
  const add = (piece: string) => {
    result += piece;
    length += [...piece].length;
  };
  const addLink = (url: string, expanded: string, display: string, key?: string) => {
    const start = length;
    add(url);
    const entity = { start, end: length, url, expanded_url: expanded, display_url: display };
    urls.push(key === undefined ? entity : { ...entity, media_key: key });
  };

  for (const piece of piecesOf(text.normalize('NFC').trim())) {
    if (!piece.isUrl) add(escapeEntities(piece.text));
    else {
      const expanded = /^https?:\/\//i.test(piece.text) ? piece.text : `http://${piece.text}`;
      addLink(shortLink(`${id} ${urls.length}`), expanded, displayUrl(expanded));
    }
  }
  const [firstKey, ...otherKeys] = media.keys;
  if (firstKey !== undefined) {
    if (length > 0) add(' ');
    const url = shortLink(`${id} media`);
    const display = `pic.x.com/${url.slice(-10)}`;
    addLink(url, media.expandedUrl, display, firstKey);
    const first = urls[urls.length - 1];
    for (const key of otherKeys) if (first) urls.push({ ...first, media_key: key });
  }
  return { text: result, urls };
}

/** URLs as X finds them, bare domains such as `x.ai` included. */
export function urlsOf(text: string): readonly string[] {
  return [...piecesOf(text)].filter((piece) => piece.isUrl).map((piece) => piece.text);
}

export function* piecesOf(text: string): Generator<{ text: string; isUrl: boolean }> {
  let at = 0;
  for (const { indices } of twitterText.extractUrlsWithIndices(text, {
    extractUrlsWithoutProtocol: true,
  })) {
    const [start, end] = indices;
    if (start > at) yield { text: text.slice(at, start), isUrl: false };
    yield { text: text.slice(start, end), isUrl: true };
    at = end;
  }
  if (at < text.length) yield { text: text.slice(at), isUrl: false };
}

function shortLink(seed: string): string {
  const name = createHash('sha256').update(seed).digest('base64').replace(/[+/=]/g, '');
  return `https://t.co/${name.slice(0, 10)}`;
}

/** A URL as people see it: without its scheme, cut after some 27 characters. */
export function displayUrl(url: string): string {
  const plain = url.replace(/^https?:\/\/(?:www\.)?/i, '');
  return plain.length > 27 ? `${plain.slice(0, 26)}…` : plain;
}

function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
