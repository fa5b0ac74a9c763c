import type { Place } from '../core/problem.ts';
import { isFooterLine } from '../wording/footer.ts';
import { readByline } from './byline.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { mendPaste } from './mend-paste.ts';
import type { WrittenArticle } from './written-article.ts';

const longestTitle = 150;
const endMark = /[.!?…:;,。！？；：،؛؟۔।][\s"'”’»)\]]*$/u;
const bareUrl = /^<?(https?:\/\/[^\s<>]+)>?$/i;
const itemMark = /^(?:[-*•‣–·●▪◦○■]|\d{1,3}[.)])\s/;
const writesWithoutSpaces = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u;

// Lines that were wrapped are neither shorter nor longer.
const leastWrapped = 45;
const longestWrapped = 130;

// A word that goes on in the next line. "Bread- and milk" is two words.
const hyphenated = /\p{L}-$/u;
const joinsWords = /^(?:und|oder|bzw|and|or|et|ou|y|o|e|en|of|og|och|i|lub|и|или)(?!\p{L})/iu;

/** A plain text as an article, and its last lines that are none of it. */
export interface PlainText {
  readonly written: WrittenArticle;
  /** Footer lines, as "Follow us on …", in their order. */
  readonly leftOut: readonly string[];
}

/**
 * Reads a plain text, written or pasted: a short first line without an end mark, with an empty line after it,
 * is the title; author and date may stand below it; a line that is nothing but a web address is the link; the
 * rest are paragraphs, their lines joined. A footer and captions that repeat the line before are left out.
 *
 * @param start where the text starts
 */
export function readPlainText(
  source: string,
  start: Place = { file: '', line: 1, column: 1 },
): PlainText {
  const { kept, leftOut } = takeFooter(splitParagraphs(source));
  const { link, paragraphs } = takeLink(dropRepeated(kept));
  const [first, ...rest] = splitByline(paragraphs);
  const hasTitle = first !== undefined && isTitle(first);
  const told = hasTitle ? rest : paragraphs;
  const { author, published, paragraphs: byline } = readByline(told);

  const written = {
    title: hasTitle ? cleanLine(first) : '',
    text: told.slice(byline).map(joinLines).join('\n\n'),
    link,
    tags: [],
    author,
    published: published === undefined ? undefined : { text: published, place: start },
  };
  return { written, leftOut };
}

/** Running text whose lines may be wrapped at any width: each paragraph as one line, lists line by line. */
export function readParagraphs(source: string): string {
  return splitParagraphs(source).map(joinLines).join('\n\n');
}

function splitParagraphs(source: string): readonly string[] {
  const text = cleanText(mendPaste(source));
  return text.split(isWrapped(text.split('\n')) ? /\n\s*\n/ : /\n\s*\n|\n(?!\s*[-*•‣–·●▪◦○■]\s)/);
}

/** True unless each line is a paragraph of its own, as programs copy them that wrap nothing. */
function isWrapped(lines: readonly string[]): boolean {
  const long = lines.filter((line) => line.length > longestWrapped && /\s/.test(line.trim()));
  const goesOn = lines.filter(
    (line, index) =>
      line.length > leastWrapped &&
      line.length <= longestWrapped &&
      !endMark.test(line) &&
      (lines[index + 1] ?? '').trim() !== '',
  );
  return long.length === 0 || goesOn.length > long.length;
}

/** Footer lines stand at the end; one of them alone in the middle may be meant. */
function takeFooter(paragraphs: readonly string[]) {
  const lines = paragraphs.flatMap((paragraph) => [...paragraph.split('\n'), '']).slice(0, -1);
  let end = lines.length;
  while (end > 1) {
    const line = (lines[end - 1] ?? '').trim();
    if (line !== '' && line !== '--' && !isFooterLine(line)) break;
    end -= 1;
  }
  const leftOut = lines.slice(end).filter((line) => line.trim() !== '');
  // A text of such lines alone is what its author wants to say.
  if (leftOut.length === 0 || lines.slice(0, end).join('').trim() === '') {
    return { kept: paragraphs, leftOut: [] };
  }
  return { kept: lines.slice(0, end).join('\n').split(/\n\n+/), leftOut };
}

/** Captions are often copied twice, as the words of the image and below it. */
function dropRepeated(paragraphs: readonly string[]): readonly string[] {
  const line = (paragraph: string | undefined) => cleanLine(paragraph ?? '');
  return paragraphs
    .map((paragraph) =>
      paragraph
        .split('\n')
        .filter((one, index, all) => line(one) === '' || line(one) !== line(all[index - 1]))
        .join('\n'),
    )
    .filter((paragraph, index, all) => line(paragraph) !== line(all[index - 1]));
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

/** A byline or a day often stands right below the title, or above the text. */
function splitByline([first = '', ...rest]: readonly string[]): readonly string[] {
  const lines = first.split('\n');
  const isTold = (line: string) => readByline([line]).paragraphs > 0;
  const from = lines.slice(0, 3).findIndex((line, index) => index > 0 && isTold(line));
  if (from < 0) return first === '' ? rest : [first, ...rest];

  const after = lines.slice(from + 1);
  const told = after.findIndex((line) => !isTold(line));
  const byline = lines.slice(from, told < 0 ? lines.length : from + 1 + told);
  const text = told < 0 ? [] : [after.slice(told).join('\n')];
  return [lines.slice(0, from).join('\n'), ...byline, ...text, ...rest];
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
    return `${before}${isTight(before, next) ? '' : ' '}${next}`;
  });
}

function isTight(before: string, next: string): boolean {
  if (hyphenated.test(before.slice(-2))) return /^\p{L}/u.test(next) && !joinsWords.test(next);
  return writesWithoutSpaces.test(before.slice(-1)) && writesWithoutSpaces.test(next.slice(0, 1));
}
