import { isByline } from '../wording/empty-line.ts';
import { tellsOnlyWhen } from '../wording/when.ts';
import { cleanLine } from './clean-text.ts';
import { readPageDate } from './read-date.ts';

/** Who wrote a plain text, and when, as the lines below its title tell. */
export interface Byline {
  readonly author?: string;
  /** A day, as `2026-11-24`. */
  readonly published?: string;
  /** How many paragraphs tell it. */
  readonly paragraphs: number;
}

const by =
  /^(?:(?:posted|written|published|story|words|text)\s+)?(?:by|von|par|por|di|door|af|av)\s+|^(?:autor(?:in|a)?|authors?|autore|auteur|автор|نویسنده|作者|著者|文)\s?[:：]\s?/iu;

/** Day and month are in doubt where both are numbers up to 12 with slashes between. */
const isDoubtful = (line: string) => /\d{1,2}\/\d{1,2}\/\d{2,4}/.test(line);

/** Reads "By Jane Doe", "12 May 2026" and "By Jane Doe | 12 May 2026", each a paragraph, from the start. */
export function readByline(paragraphs: readonly string[]): Byline {
  let author: string | undefined;
  let published: string | undefined;
  let count = 0;
  for (const paragraph of paragraphs.slice(0, 2)) {
    const line = cleanLine(paragraph);
    if (paragraph.includes('\n') || isDoubtful(line)) break;
    if (author === undefined && isByline(line)) {
      const [name = '', ...rest] = line.replace(by, '').split(/\s*[|·•(]\s*|\s+[–—-]\s+/);
      author = name.replace(/[\s,.;]+$/, '');
      published ??= readPageDate(rest.join(' '));
    } else if (published === undefined && tellsOnlyWhen(line) && readPageDate(line) !== undefined) {
      published = readPageDate(line);
    } else break;
    count += 1;
  }
  return {
    ...(author !== undefined && author !== '' && { author }),
    ...(published !== undefined && { published: published.slice(0, 10) }),
    paragraphs: count,
  };
}
