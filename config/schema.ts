import { z } from 'zod';
import { images, inlineArticle } from '../src/articles/article-fields.ts';
import { isAllowedHostPattern } from '../src/fetching/allowed-hosts.ts';
import { type NetworkId, networkIds, networks } from '../src/networks/registry.ts';
import { duration } from './duration-schema.ts';
import { accountRules, recurrenceKeys, schedule } from './schedule-schema.ts';
import { people, writing } from './writing-schema.ts';

/** Letters of entry ids and account names: both stand in names of publications and on command lines. */
const idPattern = /^[a-z0-9-]+$/;
const hour = 3_600_000;
const day = 24 * hour;

const idWords = 'must consist of small letters a-z, digits and "-", such as "spring-report"';
/** A name that people choose. It identifies for ever what was published under it. */
export const id = z.string({ error: idWords }).regex(idPattern, idWords).max(200);

export const timezone = z
  .string({ error: 'must be the name of a time zone, such as "Europe/Paris"' })
  .describe(
    'Time zone of all times below, by its IANA name. The clock changes of that zone are known.',
  )
  .meta({ examples: ['Europe/Paris', 'America/New_York', 'Asia/Tehran'] });

export const sandbox = z
  .boolean()
  .default(false)
  .describe(
    'true: every account talks to the built-in sandbox, and never to a real network. No secrets are needed then.',
  );

const apiUrl = z
  .string()
  .describe(
    'Address that replaces the one of the network: https, or http on this machine. Rarely needed.',
  )
  .meta({ examples: ['http://127.0.0.1:8421'] });

const approvalWords = 'must be required or none';
export const approval = z
  .enum(['required', 'none'], { error: approvalWords })
  .default('none')
  .describe(
    'required: nothing goes out before a person has approved its text and its time, with "carillon approve" or in its entry. For all accounts; an account\'s own "approval" wins. Default none.',
  );

/** What an account of one network may say. */
export function accountOf(networkId: NetworkId) {
  const network = networks[networkId];
  return z
    .strictObject({
      network: z.literal(networkId).describe('The network of the account.'),
      apiUrl: apiUrl.optional(),
      approval: z
        .enum(['required', 'none'], { error: approvalWords })
        .optional()
        .describe(
          'required: nothing goes out on this account before a person has approved its text and its time.',
        ),
      ...network.settings.shape,
      ...accountRules.shape,
    })
    .describe(
      `An account on ${network.displayName}. Its secrets stand in the environment or in .env, never here.`,
    );
}

const [firstNetwork, ...otherNetworks] = networkIds.map(accountOf);
if (!firstNetwork) throw new Error('The registry lists no network.');
const account = z.discriminatedUnion('network', [firstNetwork, ...otherNetworks]);

const publishBy = duration(1_000, 400 * day).describe(
  'Later than this after its time, a publication is missed, not published. Default 2h.',
);

export const publishing = z
  .strictObject({
    requestTimeout: duration(50, hour)
      .prefault('30s')
      .describe('Total time for one request to a network. Default 30s.'),
    attempts: z
      .int()
      .min(1)
      .max(100)
      .default(6)
      .describe('How often a publication is tried that was provably not sent. Default 6.'),
    backoff: duration(1, hour)
      .prefault('30s')
      .describe(
        'The wait before the second try. It doubles from try to try, up to an hour. Default 30s.',
      ),
    confirmAfter: z
      .array(duration(1, 30 * day))
      .min(1, 'must hold at least one length of time')
      .max(20, 'must hold no more than 20 lengths of time')
      .refine(isAscending, 'must ascend: each length of time longer than the one before it')
      .prefault(['15s', '2m', '15m'])
      .describe(
        'When it is unknown whether a post is up: when to look at the account. Absent at the last look, it is sent again. Default [15s, 2m, 15m].',
      ),
    publishBy: publishBy.prefault('2h'),
    facebook: z
      .enum(['two-phase', 'direct'])
      .default('two-phase')
      .describe(
        'Facebook: "two-phase" makes an unpublished post first and then publishes it, which cannot go out twice; "direct" uses one request. Default two-phase.',
      ),
    resumeGap: duration(0, day)
      .prefault('10s')
      .describe(
        'After "resume": the least time between two waiting publications of an account. Default 10s.',
      ),
  })
  .describe('How publications are tried. The defaults are the safe ones.');

const allowWords =
  'must be a host of your own network: a name such as "intranet.example.org" or "*.example.org", an address, or a range such as "10.1.0.0/16"';

export const fetching = z
  .strictObject({
    allow: z
      .array(z.string({ error: allowWords }).refine(isAllowedHostPattern, allowWords))
      .default([])
      .describe(
        'Hosts of your own network that articles may be fetched from. Without it only the public internet is.',
      )
      .meta({ examples: [['intranet.example.org', '10.1.0.0/16']] }),
  })
  .describe('How articles are fetched from the web.');

export const preflight = z
  .enum(['off', 'warn', 'strict'], { error: 'must be off, warn or strict' })
  .default('warn')
  .describe(
    'Shortly before a post goes out its link is looked at. "warn": what is wrong is told, and the post goes out on time; "strict": it waits until its link works, and is missed if that is too late; "off": only "check --online" looks. Default warn; in the sandbox off unless it is written here.',
  );

const to = z
  .array(z.string())
  .min(1, 'must name at least one account')
  .describe('Accounts that publish the article, by their names under "accounts".')
  .meta({ examples: [['newsroom-x', 'newsroom-page']] });

export const defaults = z
  .strictObject({
    to: to.optional(),
    ...writing,
    publishBy: publishBy.optional(),
  })
  .describe("Keys for every entry; an entry's own keys win.");

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
  .describe('The article: its address, the name of its file, or the article itself.');

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
    'Own words for an account or a network, instead of the composed text. {link} becomes the link of the article. All placeholders of "template" but {excerpt} work here too.',
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
    'Images of the posts, instead of those of the article. "none": no image goes along, and the card of the link shows.',
  );

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

const includeWords =
  'must be the name of a file, or a pattern such as publications/*.yaml, or a list of them';
const included = z
  .string({ error: includeWords })
  .refine((text) => text.trim() !== '', includeWords)
  .max(300);

export const include = z
  .union([included, z.array(included).min(1, includeWords).max(100)], { error: includeWords })
  .describe(
    'Further files with publications, from the folder of this file or below it: names, or patterns with * and **. Each holds "publications:" and nothing else; the articles that it names count from it.',
  )
  .meta({ examples: ['publications/*.yaml', ['news/*.yaml', 'campaigns/**/*.yaml']] });

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
      ),
    url: webAddress.describe('Address of the feed: RSS, Atom, RDF or JSON Feed.'),
    every: duration(60_000, 7 * day)
      .prefault('15m')
      .describe('How often it is asked. Default 15m; less often where the feed itself says so.'),
    after: duration(0, 30 * day)
      .optional()
      .describe(
        'How long after it was first seen an article goes out, so that its publisher can still mend it. Default 10m; 0s where there are slots.',
      ),
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
        'How many go out to an account on one day, at most. The others wait for the next day.',
      ),
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

/** The whole file. The loader checks it part by part, so that a mistake in one part hides none in another. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find this schema.'),
    timezone,
    sandbox,
    accounts: z
      .record(id, account)
      .describe(
        'Your accounts: a name of your choice (small letters, digits, "-"), and below it the settings.',
      ),
    publishing: publishing.optional(),
    fetch: fetching.optional(),
    people: people.optional(),
    schedule: schedule.optional(),
    preflight: preflight.optional(),
    approval: approval.optional(),
    defaults: defaults.optional(),
    include: include.optional(),
    publications: z
      .array(entry)
      .optional()
      .describe('What to publish, to which accounts, and when.'),
    feeds: z.array(feed).optional().describe('Feeds whose new articles go out by themselves.'),
  })
  .describe('Carillon: what to publish, on which accounts, and when.');

/** A file that the config includes. */
export const includedSchema = z
  .strictObject({
    $schema: configSchema.shape.$schema,
    publications: configSchema.shape.publications,
  })
  .describe('Publications of a Carillon config, in a file that it includes.');

function isAscending(lengths: readonly number[]): boolean {
  return lengths.every((length, index) => index === 0 || length > (lengths[index - 1] ?? 0));
}
