import { type ZodType, z } from 'zod';
import { REPLIERS } from '../src/core/post.ts';
import { networkIds, networks } from '../src/networks/registry.ts';
import { networkSchemas } from '../src/networks/schemas.ts';

/** The most posts of a thread that says `true`: nobody reads on for longer. */
export const MOST_PARTS = 10;

/** One value for every account, or one by account or network. */
function byAccount<T>(value: ZodType<T>, words: string) {
  return z.union([value, z.record(z.string(), value)], { error: words });
}

const templateWords =
  'must be a text such as "{title} {link}", or one for each of some accounts and networks';

const templateText = z
  .string({ error: templateWords })
  .refine((text) => text.trim() !== '', 'must not be empty')
  .max(5000);

const template = byAccount(templateText, templateWords)
  .describe(
    'How the text is made, for every account or by account or network. Placeholders: {title}, {excerpt} (whole sentences, as many as there is room for), {summary}, {link}, {hashtags}, {tags}, {author}, {date}, {site}; {@sara} mentions somebody under "people", {@author} the author. What stands between "{?" and "}" is shown only if everything in it has a value: "{title}{? by {author}}". {{ is a brace. The excerpt gives way first, then hashtags, then the end of the title. Default: the network\'s own.',
  )
  .meta({
    examples: [
      '{title}\n\n{excerpt}\n\n{link} {hashtags}',
      { twitter: '{title}{? · {author}}\n\n{link}' },
    ],
  });

const hashtagsWords = 'must be a whole number from 0 to 30, or one by account or network';
const hashtags = byAccount(
  z.int({ error: hashtagsWords }).min(0, hashtagsWords).max(30, hashtagsWords),
  hashtagsWords,
)
  .describe(
    "The most hashtags, made of the article's tags, for every account or by account or network. Default: X 2, Facebook 3, YouTube 3.",
  )
  .meta({ examples: [{ twitter: 1, facebook: 0 }] });

const threadWords =
  'must be true, false, or the most posts from 2 to 25, or one of these by account or network';
const thread = byAccount(
  z.union([z.boolean(), z.int().min(2, threadWords).max(25, threadWords)], { error: threadWords }),
  threadWords,
)
  .describe(
    `X: the whole article as a thread of numbered posts, if it does not fit into one. true: up to ${MOST_PARTS} posts; or the most posts. Title, link and hashtags stand in the first. Other networks get the usual post. Default false.`,
  )
  .meta({ examples: [true, 4, { twitter: true }] });

const utmValueWords = 'must be a text such as "{network}", or one by account or network';
function utmValue(parameter: string, example: string) {
  return byAccount(z.string({ error: utmValueWords }).max(200), utmValueWords)
    .describe(`Value of ${parameter}, for every account or by account or network.`)
    .meta({ examples: [example] })
    .optional();
}

const utm = z
  .union(
    [
      z.literal(false),
      z.strictObject({
        source: utmValue('utm_source', '{network}'),
        medium: utmValue('utm_medium', 'social'),
        campaign: utmValue('utm_campaign', '{entry}'),
        term: utmValue('utm_term', 'seeds'),
        content: utmValue('utm_content', '{account}'),
        replace: z
          .boolean()
          .optional()
          .describe(
            'true: parameters that the link has already give way. Default false: they stay.',
          ),
      }),
    ],
    { error: 'must be false, or a group of lines such as "source: …"' },
  )
  .describe(
    'UTM parameters for the link that followers open. {network}, {account} and {entry} become their names. false: none. Signed links and whatever is no web address stay as they are.',
  )
  .meta({ examples: [{ source: '{network}', medium: 'social', campaign: '{entry}' }] });

const labelWords = 'must be true or false, or one by account or network';
const label = byAccount(z.boolean({ error: labelWords }), labelWords);

const madeWithAi = label
  .describe(
    'true: the images of the post were made with AI, and X says so on it. Default false. Other networks have to be told by hand.',
  )
  .meta({ examples: [true, { twitter: true }] });

const paidPartnership = label
  .describe(
    'true: somebody pays for the post, and X says so on it. Default false. Other networks have to be told by hand.',
  )
  .meta({ examples: [true, { twitter: true }] });

const repliesWords = `must be everyone, ${REPLIERS.slice(0, -1).join(', ')} or ${REPLIERS.at(-1)}, or one by account or network`;
const replies = byAccount(z.enum(['everyone', ...REPLIERS], { error: repliesWords }), repliesWords)
  .describe(
    'X: who may reply. everyone, those whom the account follows (following), those whom the post mentions (mentioned), its subscribers (subscribers), or verified accounts (verified). Default everyone.',
  )
  .meta({ examples: ['mentioned', { twitter: 'following' }] });

/** How posts are written: keys of an entry and of the defaults. */
export const writing = {
  template: template.optional(),
  hashtags: hashtags.optional(),
  thread: thread.optional(),
  utm: utm.optional(),
  madeWithAi: madeWithAi.optional(),
  paidPartnership: paidPartnership.optional(),
  replies: replies.optional(),
};

export type WritingFields = {
  readonly [Key in keyof typeof writing]?: z.infer<(typeof writing)[Key]>;
};

const keyWords = 'must be a letter and then letters, digits, "_" or "-", such as "sara"';

const handles = Object.fromEntries(
  networkIds.map((id) => [
    id,
    networkSchemas[id].handle
      .optional()
      .describe(`Their name on ${networks[id].displayName}, such as "@sara_ahmadi".`),
  ]),
);

export const people = z
  .record(
    z
      .string()
      .regex(/^\p{L}[\p{L}\p{M}\p{N}_-]*$/u, keyWords)
      .max(100)
      .refine(
        (key) => key !== 'author',
        'must not be "author": {@author} is the author of the article',
      ),
    z.strictObject({
      name: z
        .string()
        .trim()
        .min(1, 'must not be empty')
        .max(200)
        .describe('Their name in words.')
        .meta({ examples: ['Sara Ahmadi'] }),
      ...handles,
    }),
  )
  .describe(
    'Whom posts may mention. {@sara} becomes the handle where there is one for the network, else the name.',
  )
  .meta({ examples: [{ sara: { name: 'Sara Ahmadi', twitter: '@sara_ahmadi' } }] });
