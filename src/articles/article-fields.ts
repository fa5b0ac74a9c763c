import { z } from 'zod';

/** The words after "must" are what people read when a value is wrong. */
const text = (what: string) => z.string().refine((value) => value.trim() !== '', what);

const link = z
  .string()
  .refine(isWebAddress, 'must be a web address that starts with https:// or http://')
  .describe('The page that followers open: a whole web address.')
  .meta({ examples: ['https://news.example.org/three-things'] });

const language = z
  .string()
  .refine(isLanguage, 'must be a language code, such as "en", "fa" or "en-GB"')
  .describe('Language of the article as a code, such as "en", "fa" or "en-GB".')
  .meta({ examples: ['en', 'fa', 'fr'] });

const alt = z
  .string({ error: missingAlt })
  .max(1000, 'must be 1000 characters or less: networks take no more')
  .describe(
    'What the image shows, for people who cannot see it. "" says that it is decoration and shows nothing.',
  )
  .meta({ examples: ['Three people around a table'] });

const imageFile = text('must name the file of the image')
  .describe(
    'File of the image (JPEG, PNG, GIF, WebP, AVIF or TIFF), relative to the file that names it, or its address (https://…).',
  )
  .meta({ examples: ['images/three.jpg'] });

/** `image:` of an article: its file and its words. */
const image = z
  .strictObject({ file: imageFile, alt }, { error: imageForm })
  .describe('The image of the article, with the words for people who cannot see it.');

export const images = z
  .array(image)
  .describe(
    'Images of the article, in order, after that of "image". Networks take the first ones: X and Facebook 4, YouTube 10.',
  )
  .meta({ examples: [[{ file: 'images/three.jpg', alt: 'Three people at a table' }]] });

const tags = z
  .array(text('must not be empty'))
  .describe('Subjects, without "#". Networks that use hashtags make hashtags of them.')
  .meta({ examples: [['report', 'spring']] });

const title = text('must not be empty')
  .describe('Title of the article.')
  .meta({ examples: ['Three things we learned'] });
const summary = z
  .string()
  .describe('A short version in your own words; posts prefer it to the text.')
  .meta({ examples: ['What a hundred visitors told us.'] });
const author = z
  .string()
  .describe('Who wrote the article.')
  .meta({ examples: ['Sara Lind'] });
const published = z
  .string()
  .describe(
    'When the article itself came out, such as 2026-11-24 or 2026-11-24 09:00. Not the time of the post.',
  )
  .meta({ examples: ['2026-11-24'] });

/** An article that stands in the config itself. */
export const inlineArticle = z
  .strictObject({
    title,
    text: z
      .string()
      .optional()
      .describe('The running text. Leave an empty line between paragraphs.')
      .meta({ examples: ['First paragraph.\n\nSecond paragraph.'] }),
    summary: summary.optional(),
    link: link.optional(),
    image: image.optional(),
    images: images.optional(),
    tags: tags.optional(),
    language: language.optional(),
    author: author.optional(),
    published: published.optional(),
  })
  .describe('An article written here, in the config.');

export type InlineArticle = z.infer<typeof inlineArticle>;

/**
 * What Carillon reads of the front matter of a Markdown file. Other keys belong to other programs and are
 * let through; a key of ours with a wrong value is a fault.
 */
export const frontMatter = z.object({
  title: title.optional(),
  summary: summary.optional(),
  description: summary.optional(),
  link: link.optional(),
  image: z.union([imageFile, z.object({ file: imageFile, alt })]).optional(),
  imageAlt: alt.optional(),
  images: z.array(z.object({ file: imageFile, alt }, { error: imageForm })).optional(),
  tags: z.union([z.string(), tags]).optional(),
  language: language.optional(),
  lang: language.optional(),
  author: z.union([author, z.array(author)]).optional(),
  date: published.optional(),
  published: published.optional(),
});

export type FrontMatter = z.infer<typeof frontMatter>;

function isWebAddress(value: string): boolean {
  const address = value.trim();
  if (/\s/.test(address) || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return false;
  return new URL(address).hostname !== '';
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function imageForm(issue: { readonly code: string }): string | undefined {
  return issue.code === 'invalid_type'
    ? 'must name its file and say what it shows, as in { file: images/three.jpg, alt: "Three people at a table" }'
    : undefined;
}

function missingAlt(issue: { readonly input: unknown }): string {
  return issue.input === undefined
    ? 'must say what the image shows, for people who cannot see it ("" if it is decoration)'
    : 'must be text: what the image shows, or "" if it is decoration';
}
