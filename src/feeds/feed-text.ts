import { cleanLine, cleanText } from '../articles/clean-text.ts';
import { decodeEntities } from '../articles/entities.ts';
import { parsePage, readText } from '../articles/html-document.ts';
import { readParagraphs } from '../articles/plain-text.ts';
import { readWindowsLetters } from '../articles/windows-letters.ts';

/** Longer texts are cut: no post is made of more. */
const mostText = 200_000;
const mostTitle = 2_000;

const tag =
  /<\/?(?:a|abbr|address|article|aside|b|base|big|blink|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|embed|figure|figcaption|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|li|link|main|mark|meta|nav|noscript|object|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|template|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|audio|applet)\b[^<>]*>|<!--|<!\[/i;

/** A text of a feed without its markup, paragraphs separated by an empty line. */
export function readFeedText(written: string | undefined, isPlain = false): string | undefined {
  if (written === undefined) return undefined;
  const start = readWindowsLetters(written.slice(0, mostText));
  const text = isPlain ? cleanText(start) : unmark(start);
  return text === '' ? undefined : text;
}

/** The same for what is one line: a title, a name. */
export function readFeedLine(written: string | undefined, isPlain = false): string | undefined {
  const text = readFeedText(written?.slice(0, mostTitle), isPlain);
  return text === undefined ? undefined : cleanLine(text);
}

/** Feeds escape once too often: what is left of it after the markup is gone is undone. */
function unmark(written: string): string {
  if (!tag.test(written)) return readParagraphs(decodeTwice(written));
  return cleanText(decodeEntities(readText(parsePage(`<html><body>${written}</body></html>`))));
}

function decodeTwice(written: string): string {
  const once = decodeEntities(written);
  if (!tag.test(once)) return decodeEntities(once);
  return readText(parsePage(`<html><body>${once}</body></html>`));
}
