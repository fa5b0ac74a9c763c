import { parseAtomFeed, parseFeed, parseJsonFeed, parseRdfFeed, parseRssFeed } from 'feedsmith';

/** A feed as the parser gives it. */
export type ParsedFeed = ReturnType<typeof parseFeed<string>>;

/** No post is made of more; the newest stand first. */
const mostEntries = 1_000;

const options = { maxItems: mostEntries };
const root =
  /^(?:\s|\ufeff|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>)*<(?:[\w.-]+:)?([\w.-]+)/i;

/**
 * Parses the text of a feed. The parser tells kinds apart by words anywhere in the text; the root element knows
 * better. What a broken document still holds is taken.
 *
 * @throws if it is no feed
 */
export function parseFeedText(written: string): {
  readonly parsed: ParsedFeed;
  readonly isWhole: boolean;
} {
  // A run of these is nothing in any feed, and takes the parser its time squared.
  const text = written.replace(/<{20,}/g, '<');
  try {
    return { parsed: parseByRoot(text), isWhole: endsWell(text) };
  } catch (error) {
    const mended = mend(text);
    if (mended === undefined) throw error;
    return { parsed: parseByRoot(mended), isWhole: false };
  }
}

function rootOf(text: string): string | undefined {
  return root.exec(text.slice(0, 20_000))?.[1]?.toLowerCase();
}

function parseByRoot(text: string): ParsedFeed {
  try {
    switch (rootOf(text)) {
      case 'rss':
        return { format: 'rss', feed: parseRssFeed(text, options) };
      case 'feed':
        return { format: 'atom', feed: parseAtomFeed(text, options) };
      case 'rdf':
        return { format: 'rdf', feed: parseRdfFeed(text, options) };
      case 'entry':
        return {
          format: 'atom',
          feed: parseAtomFeed(`<feed>${withoutProlog(text)}</feed>`, options),
        };
      case undefined:
        return { format: 'json', feed: parseJsonFeed(readJson(text), options) };
    }
  } catch {
    // The root may be named otherwise than what it holds.
  }
  return parseFeed<string>(text, options);
}

function withoutProlog(text: string): string {
  return text.replace(/^(?:\s|<\?[^>]*>)+/, '');
}

/** Versions are written in many ways, and titles left out: a list of items is what makes it a feed. */
function readJson(text: string): unknown {
  const json: unknown = JSON.parse(text);
  if (typeof json !== 'object' || json === null || !('items' in json)) return json;
  const { version, title, ...rest } = json as Record<string, unknown>;
  return { ...rest, title: typeof title === 'string' && title !== '' ? title : 'Untitled' };
}

function endsWell(text: string): boolean {
  return /(?:<\/[\w:.-]+\s*>|\})\s*(?:<!--[^>]*-->\s*)*$/.test(text.slice(-2_000));
}

/** A document that breaks off, or that is broken in one place, as one that holds its whole and sound parts. */
function mend(text: string): string | undefined {
  if (rootOf(text) === undefined) return undefined;
  const start = /<(?:[\w.-]+:)?(?:item|entry)[\s>]/i.exec(text)?.index;
  const head = text.slice(0, start).replace(/<[^<>]*$/, '');
  const pieces =
    text
      .slice(start ?? text.length)
      .match(/<((?:[\w.-]+:)?(?:item|entry))(?:\s[^>]*)?>[\s\S]*?<\/\1\s*>/gi) ?? [];
  const close = openIn(head)
    .map((name) => `</${name}>`)
    .join('');
  const sound = pieces.slice(0, mostEntries).filter((piece) => isSound(head + piece + close));
  return `${head}${sound.join('\n')}${close}`;
}

function isSound(text: string): boolean {
  try {
    parseByRoot(text);
    return true;
  } catch {
    return false;
  }
}

/** The elements that are open at the end of a text, the innermost first. */
function openIn(head: string): string[] {
  const open: string[] = [];
  const plain = head.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[^>]*>|<![^>]*>/g, '');
  for (const [, slash, name = '', end] of plain.matchAll(/<(\/?)([\w:.-]+)[^<>]*?(\/?)>/g)) {
    if (slash) open.splice(Math.max(0, open.lastIndexOf(name)));
    else if (!end) open.push(name);
  }
  return open.reverse();
}
