import { Lexer, Marked, type Token, type Tokens } from 'marked';
import { cleanLine, cleanText } from './clean-text.ts';
import { decodeEntities } from './entities.ts';
import { type BodyImage, findBodyImage } from './markdown-image.ts';

export interface MarkdownBody {
  /** The first heading, if the text starts with one or has one at all. */
  readonly heading: string | undefined;
  readonly paragraphs: readonly string[];
  readonly image: BodyImage | undefined;
}

// Finding bare addresses takes the lexer quadratic time, and for plain text they may stay as they are.
const options = new Marked({ gfm: true, tokenizer: { url: () => undefined } }).defaults;

/**
 * The running text of a Markdown document: paragraphs, quotes and the items of lists, plain. Headings, code,
 * tables, HTML and images are left out; links keep their words.
 *
 * @throws {RangeError} if the text is nested deeper than the lexer can follow
 */
export function readMarkdownBody(source: string): MarkdownBody {
  const lexer = new Lexer(options);
  lexer.blockTokens(boundNesting(source), lexer.tokens);
  for (const block of lexer.inlineQueue) {
    if (isSafeForLexer(block.src)) lexer.inlineTokens(block.src, block.tokens);
    else block.tokens.push({ type: 'text', raw: block.src, text: block.src });
  }

  const heading = lexer.tokens.find((token) => token.type === 'heading');
  return {
    heading:
      heading && cleanLine(toText([heading])) !== '' ? cleanLine(toText([heading])) : undefined,
    paragraphs: lexer.tokens.flatMap(toParagraphs).filter((paragraph) => paragraph !== ''),
    image: findBodyImage(lexer.tokens),
  };
}

/** Nesting costs the lexer time by its square, and nobody reads twenty levels. */
function boundNesting(source: string): string {
  return source
    .replace(/^[ \t]{41,}/gm, ' '.repeat(40))
    .replace(/^((?: {0,3}>){8})(?: {0,3}>)+/gm, '$1')
    .replace(/^((?:[ \t]*[-*+][ \t]+){8})(?:[-*+][ \t]+)+/gm, '$1');
}

/** Emphasis takes quadratic time in its marks; no paragraph that a person wrote comes near these bounds. */
function isSafeForLexer(block: string): boolean {
  return (
    block.length <= 50_000 &&
    (block.match(/[*_`~[\]<!]/g)?.length ?? 0) <= 1_000 &&
    !/[^\s]{2000}/.test(block)
  );
}

function toParagraphs(token: Token): string[] {
  switch (token.type) {
    case 'paragraph':
    case 'text':
      return splitBreaks(toText([token]));
    case 'blockquote':
      return (token.tokens ?? []).flatMap(toParagraphs);
    case 'list':
      return [(token as Tokens.List).items.flatMap(toItemLines).join('\n')];
    default:
      return [];
  }
}

function toItemLines(item: Tokens.ListItem): string[] {
  return item.tokens
    .flatMap((token) =>
      token.type === 'list'
        ? (token as Tokens.List).items.flatMap(toItemLines)
        : toParagraphs(token),
    )
    .map((line) => line.replace(/\n+/g, ' '))
    .filter((line) => line !== '');
}

/** A note at the foot of the page is no running text; the lexer takes it for a paragraph. */
function splitBreaks(text: string): string[] {
  if (/^\[\^[^\]]+\]:/.test(text)) return [];
  return [cleanText(text.replace(/\[\^[^\]\s]+\]/g, '').replace(/ {2,}/g, ' '))];
}

function toText(tokens: readonly Token[]): string {
  let text = '';
  let hidden: string | undefined;

  for (const token of tokens) {
    if (token.type === 'html') {
      hidden = hiddenBy(token.raw, hidden);
      if (/^<br\b/i.test(token.raw)) text += '\n';
    } else if (hidden === undefined) {
      text += textOf(token);
    }
  }
  return text;
}

/** What stands between `<script>` and `</script>` is for machines. */
function hiddenBy(tag: string, hidden: string | undefined): string | undefined {
  if (hidden !== undefined) return tag.toLowerCase().startsWith(`</${hidden}`) ? undefined : hidden;
  return /^<(script|style|template|svg)\b(?![^>]*\/>)/i.exec(tag)?.[1]?.toLowerCase();
}

function textOf(token: Token): string {
  switch (token.type) {
    case 'image':
    case 'checkbox':
      return '';
    case 'br':
      return '\n';
    case 'codespan':
    case 'escape':
      return decodeEntities(token.text);
    default: {
      if ('tokens' in token && token.tokens && token.tokens.length > 0) return toText(token.tokens);
      const text = 'text' in token ? String(token.text) : '';
      // A line of the file is no line of the text: paragraphs may be wrapped at any width.
      return decodeEntities(text).replace(/ *\n */g, ' ');
    }
  }
}
