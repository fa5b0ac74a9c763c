import { cleanLine, cleanText } from './clean-text.ts';
import type { WrittenArticle } from './written-article.ts';

const longestTitle = 150;
const endMark = /[.!?…:;,。！？；：،؛؟۔।][\s"'”’»)\]]*$/u;
const bareUrl = /^<?(https?:\/\/[^\s<>]+)>?$/i;
const itemMark = /^(?:[-*•‣–]|\d{1,3}[.)])\s/;
const writesWithoutSpaces = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/**
 * Reads a plain text: a short first line without an end mark, with an empty line after it, is the title; a
 * line that is nothing but a web address is the link; the rest are paragraphs, their lines joined.
 */
export function readPlainText(source: string): WrittenArticle {
  const { link, paragraphs } = takeLink(cleanText(source).split(/\n\s*\n/));
  const [first, ...rest] = paragraphs;
  const hasTitle = first !== undefined && isTitle(first);

  return {
    title: hasTitle ? cleanLine(first) : '',
    text: (hasTitle ? rest : paragraphs).map(joinLines).join('\n\n'),
    link,
    tags: [],
  };
}

/** Running text whose lines may be wrapped at any width: each paragraph as one line, lists line by line. */
export function readParagraphs(source: string): string {
  return cleanText(source)
    .split(/\n\s*\n/)
    .map(joinLines)
    .join('\n\n');
}

/** The link that stands alone on a line, and the paragraphs without that line. Further ones stay text. */
export function takeLink(paragraphs: readonly string[]): {
  readonly link: string | undefined;
  readonly paragraphs: readonly string[];
} {
  let link: string | undefined;
  const kept = paragraphs.map((paragraph) =>
    paragraph
      .split('\n')
      .filter((line) => {
        const url = bareUrl.exec(line.trim())?.[1];
        if (link !== undefined || url === undefined || !URL.canParse(url)) return true;
        link = url;
        return false;
      })
      .join('\n'),
  );
  return { link, paragraphs: kept.filter((paragraph) => paragraph.trim() !== '') };
}

function isTitle(paragraph: string): boolean {
  return (
    !paragraph.includes('\n') &&
    paragraph.length <= longestTitle &&
    !endMark.test(paragraph) &&
    !itemMark.test(paragraph)
  );
}

/** Files are often wrapped at 72 columns; the items of a list keep their lines. */
function joinLines(paragraph: string): string {
  return paragraph.split('\n').reduce((before, line) => {
    const next = line.trim();
    if (itemMark.test(next)) return `${before}\n${next}`;
    const isTight =
      writesWithoutSpaces.test(before.slice(-1)) && writesWithoutSpaces.test(next.slice(0, 1));
    return `${before}${isTight ? '' : ' '}${next}`;
  });
}
