import { z } from 'zod';
import { images, inlineArticle } from '../src/articles/article-fields.ts';
import { duration } from './duration-schema.ts';
import { recurrenceKeys } from './schedule-schema.ts';
import { writing } from './writing-schema.ts';

/** Letters of entry ids and account names: both stand in names of publications and on command lines. */
const idPattern = /^[a-z0-9-]+$/;
const idWords = 'must consist of small letters a-z, digits and "-", such as "spring-report"';
/** A name that people choose. It identifies for ever what was published under it. */
export const id = z
  .string({ error: idWords })
  .regex(idPattern, idWords)
  .max(200)
  .meta({ examples: ['spring-report'] });

const day = 24 * 3_600_000;

export const publishBy = duration(1_000, 400 * day)
  .describe('Later than this after its time, a publication is missed, not published. Default 2h.')
  .meta({ examples: ['2h', '1d'] });

export const to = z
  .array(z.string())
  .min(1, 'must name at least one account')
  .describe(
    'Accounts that publish the article, by their names under "accounts". Default: those of "defaults".',
  )
  .meta({ examples: [['newsroom-x', 'newsroom-page']] });

const at = z
  .string({ error: 'must be a time such as 2026-11-24 09:00, or now, or next-slot' })
  .describe(
    'When to publish: a time of the time zone such as 2026-11-24 09:00, an instant such as 2026-11-24T08:00Z, now (once, at the first apply), or next-slot (the next free slot of each account).',
  )
  .meta({ examples: ['2026-11-24 09:00', '2026-11-24T08:00Z', 'now', 'next-slot'] });

const article = z
  .union(
    [
      z
        .string()
        .refine((text) => text.trim() !== '', 'must name a file or an address')
        .describe(
          'Address of the article (https://…), or its file, relative to this file: Markdown (.md), plain text (.txt) or HTML (.html).',
        )
        .meta({
          examples: ['https://news.example.org/spring-report', '../articles/spring-report.md'],
        }),
      inlineArticle,
    ],
    {
      error:
        'must be an address, the name of a file, such as articles/spring-report.md, or the article itself',
    },
  )
  .describe('The article: its address, the name of its file, or the article itself.')
  .meta({ examples: ['articles/spring-report.md', 'https://news.example.org/spring-report'] });

const articles = z
  .array(article)
  .min(1, 'must hold at least one article')
  .max(200, 'must hold no more than 200 articles')
  .describe(
    'Several articles instead of one, with "every": each occurrence publishes the next, and after the last the first comes again.',
  )
  .meta({ examples: [['articles/tip-1.md', 'articles/tip-2.md']] });

const ownWords = z
  .record(
    z.string(),
    z.string().refine((text) => text.trim() !== '', 'must not be empty'),
  )
  .describe(
    'Own words for an account or a network, instead of the composed text. {link} becomes the link of the article. All placeholders of "template" but {excerpt} work here too. Default: the composed text.',
  )
  .meta({ examples: [{ twitter: 'Our spring report is out: {link}' }] });

const approverWords = 'must be the name of who has approved it';

const texts = z
  .array(
    z.union([z.string().refine((text) => text.trim() !== '', 'must not be empty'), ownWords], {
      error: 'must be a text, or texts by account or network',
    }),
  )
  .min(1, 'must hold at least one text')
  .max(200, 'must hold no more than 200 texts')
  .describe(
    'Several texts instead of one, with "every": each occurrence says the next, so that none comes twice in a row. A text for all accounts, or one for each account or network.',
  )
  .meta({
    examples: [
      ['Have you seen our seed library? {link}', 'Seeds to borrow, free of charge: {link}'],
    ],
  });
const imagesOrNone = 'must be a list of images, each with its file and alt, or "none"';
const entryImages = z
  .union([z.literal('none', { error: imagesOrNone }), images], { error: imagesOrNone })
  .describe(
    'Images of the posts, instead of those of the article. "none": no image goes along, and the card of the link shows. Default: those of the article.',
  )
  .meta({ examples: ['none', [{ file: 'images/gate.jpg', alt: 'A garden gate' }]] });

export const entry = z
  .strictObject({
    id: id.describe(
      'Name of the entry: small letters, digits and "-". It is its identity for ever: change it, and the article is published anew.',
    ),
    article: article.optional(),
    articles: articles.optional(),
    at: at.optional(),
    ...recurrenceKeys.shape,
    to: to.optional(),
    text: ownWords.optional(),
    ...writing,
    texts: texts.optional(),
    images: entryImages.optional(),
    publishBy: publishBy
      .optional()
      .describe(
        'Later than this after its time, a publication is missed, not published. Said here, no rule of the schedule puts it later either. Default: that of "defaults" or "publishing".',
      ),
    status: z
      .enum(['draft', 'approved'], { error: 'must be draft or approved' })
      .optional()
      .describe(
        'draft: it is planned and shown, and never sent. approved: the person under "approvedBy" has approved it as it stands; what changes later is asked for again.',
      ),
    approvedBy: z
      .string({ error: approverWords })
      .refine((text) => text.trim() !== '', approverWords)
      .max(200)
      .optional()
      .describe('Who has approved the entry, where "status" is approved.')
      .meta({ examples: ['anna'] }),
  })
  .describe('One article, its time ("at", or again and again "every") and its accounts.');

/** What is said of an entry without an article or a time. */
export const missingWords = {
  article:
    '"article" is missing: it must be an address, the name of a file, such as articles/spring-report.md, or the article itself.',
  at: '"at" is missing: it must be a time such as 2026-11-24 09:00, or now, or next-slot. For an entry that comes again and again, write "every" instead.',
};

export type EntryFields = z.infer<typeof entry>;
