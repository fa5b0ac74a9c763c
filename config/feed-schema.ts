import { z } from 'zod';
import { duration } from './duration-schema.ts';
import { entry, id } from './entry-schema.ts';
import { writing } from './writing-schema.ts';

const day = 24 * 3_600_000;

const webAddress = z
  .string({ error: 'must be an address such as https://news.example.org/feed.xml' })
  .refine(
    (text) => /^https?:\/\/[^\s/]/i.test(text.trim()) && URL.canParse(text.trim()),
    'must be an address that starts with https://, such as https://news.example.org/feed.xml',
  );

const categories = z
  .array(z.string().refine((text) => text.trim() !== '', 'must not be empty'))
  .min(1, 'must name at least one category')
  .meta({ examples: [['press', 'events']] });

/** What a feed says of its entries as an entry says it of itself. */
const { to: feedTo, text: feedText, publishBy: feedPublishBy } = entry.shape;

export const feed = z
  .strictObject({
    id: id
      .max(100)
      .describe(
        'Name of the feed: small letters, digits and "-". Its entries are named by it, such as "news-1f0c8a22d3".',
      )
      .meta({ examples: ['news'] }),
    url: webAddress
      .describe('Address of the feed: RSS, Atom, RDF or JSON Feed.')
      .meta({ examples: ['https://news.example.org/feed.xml'] }),
    every: duration(60_000, 7 * day)
      .prefault('15m')
      .describe('How often it is asked. Default 15m; less often where the feed itself says so.'),
    after: duration(0, 30 * day)
      .optional()
      .describe(
        'How long after it was first seen an article goes out, so that its publisher can still mend it. Default 10m; 0s where there are slots.',
      )
      .meta({ examples: ['10m'] }),
    slots: z
      .union([z.string(), z.array(z.string()).min(1)], {
        error: 'must be days and times, such as "Mon-Fri 09:00, 13:00"',
      })
      .optional()
      .describe('Days and times at which its articles go out, one at each.')
      .meta({ examples: ['Mon-Fri 09:00, 13:00, 17:30'] }),
    perDay: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe(
        'How many go out to an account on one day, at most. The others wait for the next day. Default: no limit.',
      )
      .meta({ examples: [3] }),
    only: categories.optional().describe('Only articles of these categories.'),
    except: categories.optional().describe('No articles of these categories.'),
    backfill: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .describe(
        'How many the first look takes of what is there already. Default 0: only what is new.',
      ),
    full: z
      .boolean()
      .default(false)
      .describe(
        'true: each article is read from its page, where the feed has less. Default false.',
      ),
    to: feedTo,
    text: feedText,
    ...writing,
    publishBy: feedPublishBy,
  })
  .describe('A feed whose new articles go out by themselves, and how.');

export type FeedFields = z.infer<typeof feed>;
