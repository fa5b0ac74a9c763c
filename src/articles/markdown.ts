import { parseYaml } from '../core/parse-yaml.ts';
import type { Place, Problem } from '../core/problem.ts';
import { checkPart } from '../core/schema-problems.ts';
import type { Source } from '../core/source.ts';
import { type FrontMatter, frontMatter } from './article-fields.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { type MarkdownBody, readMarkdownBody } from './markdown-body.ts';
import { takeLink } from './plain-text.ts';
import type { WrittenArticle, WrittenImage, WrittenReading } from './written-article.ts';

/** Reads a Markdown file: YAML front matter, if it starts with one, and the running text. */
export function readMarkdown(text: string, file: string): WrittenReading {
  const { matter, body } = splitFrontMatter(text.replace(/\r\n?/g, '\n'));
  const fault = findUnreadMatter(body);
  if (matter === '' && fault) {
    return { problems: [{ file, line: 1, column: 1, message: fault, severity: 'error' }] };
  }
  const parsed = readFrontMatter(matter, file);

  try {
    const read = readMarkdownBody(body);
    const shown = read.image && { ...read.image, place: placeOf(read.image.raw, text, file) };
    const written = combine(parsed, read, shown && { ...shown, isOptional: true });
    return { ...(written && { written }), problems: parsed.problems };
  } catch {
    const message = 'The text is nested too deeply to be read. Simplify its quotes and emphasis.';
    const problem: Problem = { file, line: 1, column: 1, message, severity: 'error' };
    return { problems: [...parsed.problems, problem] };
  }
}

/** The front matter keeps an empty first line in place of its `---`, so that lines count as in the file. */
function splitFrontMatter(text: string): { matter: string; body: string } {
  const match = /^---[ \t]*\n([\s\S]*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (!match) return { matter: '', body: text };
  return { matter: `\n${match[1] ?? ''}`, body: text.slice(match[0].length) };
}

/** Front matter that is not read as such would be published with the text. */
function findUnreadMatter(body: string): string | undefined {
  if (/^---[ \t]*\n[ \t]*[\w-]+:(?:[ \t]|\n|$)/.test(body)) {
    return 'The front matter starts here, and no line ends it. Put a line "---" between it and the text.';
  }
  if (/^\+\+\+[ \t]*\n/.test(body)) {
    return 'Front matter between "+++" is TOML, which Carillon does not read. Write it as lines "key: value" between two lines "---".';
  }
  return undefined;
}

interface FrontMatterReading {
  readonly fields?: FrontMatter;
  readonly source?: Source;
  readonly problems: readonly Problem[];
}

function readFrontMatter(matter: string, file: string): FrontMatterReading {
  if (matter.trim() === '') return { fields: {}, problems: [] };

  const { source, problems } = parseYaml(matter, file);
  if (!source) return { problems };
  if (source.value === null) return { fields: {}, problems };

  const checked = checkPart(frontMatter, source, []);
  const missingAlt = checked.value ? findMissingAlt(checked.value, source) : [];
  const all = [...problems, ...checked.problems, ...missingAlt];
  return { source, problems: all, ...(checked.value && { fields: checked.value }) };
}

function findMissingAlt(fields: FrontMatter, source: Source): Problem[] {
  if (typeof fields.image !== 'string' || fields.imageAlt !== undefined) return [];
  const message =
    'The image has no words for people who cannot see it. Add "imageAlt: …" below ("" if it is decoration).';
  return [{ ...source.placeOf(['image']), message, severity: 'error' }];
}

/** Where a part of the text stands first. */
function placeOf(part: string, text: string, file: string): Place {
  const before = text.slice(0, Math.max(0, text.indexOf(part))).split(/\r\n?|\n/);
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The image that the text shows first goes along where the front matter names none. */
function readImages(
  { image, imageAlt = '', images = [] }: FrontMatter,
  source: Source | undefined,
  shown: WrittenImage | undefined,
): Pick<WrittenArticle, 'image' | 'images'> {
  if (source === undefined || (image === undefined && images.length === 0)) return { image: shown };

  const more = images.map((one, i) => ({ ...one, place: source.placeOf(['images', i, 'file']) }));
  if (image === undefined) return { images: more };
  const first =
    typeof image === 'string'
      ? { file: image, alt: imageAlt, place: source.placeOf(['image']) }
      : { ...image, place: source.placeOf(['image', 'file']) };
  return { image: first, images: more };
}

function combine(
  { fields, source }: FrontMatterReading,
  body: MarkdownBody,
  shown: WrittenImage | undefined,
): WrittenArticle | undefined {
  if (!fields) return undefined;

  const { link, paragraphs } = takeLink(body.paragraphs);
  const summary = fields.summary ?? fields.description;
  const published = fields.published ?? fields.date;
  const publishedPath = fields.published === undefined ? 'date' : 'published';
  return {
    title: cleanLine(fields.title ?? body.heading ?? ''),
    // Only the first address of a text without a link in the front matter is the link; else it is text.
    text: (fields.link === undefined ? paragraphs : body.paragraphs).join('\n\n'),
    link: fields.link?.trim() ?? link,
    summary: summary === undefined ? undefined : cleanText(summary),
    ...readImages(fields, source, shown),
    tags: typeof fields.tags === 'string' ? fields.tags.split(',') : (fields.tags ?? []),
    language: fields.language ?? fields.lang,
    author: Array.isArray(fields.author) ? fields.author.join(', ') : fields.author,
    published:
      source && published !== undefined
        ? { text: published, place: source.placeOf([publishedPath]) }
        : undefined,
  };
}
