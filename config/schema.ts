import { z } from 'zod';
import { LEAST_KEEP_MS, MOST_KEEP_MS } from '../src/core/keep.ts';
import { isAllowedHostPattern } from '../src/fetching/allowed-hosts.ts';
import { type NetworkId, networkIds, networks } from '../src/networks/registry.ts';
import { networkSchemas } from '../src/networks/schemas.ts';
import { alerts } from './alerts-schema.ts';
import { accountCosts, budget, prices } from './costs-schema.ts';
import { dashboard } from './dashboard-schema.ts';
import { duration } from './duration-schema.ts';
import { entry, id, publishBy, to } from './entry-schema.ts';
import { feed } from './feed-schema.ts';
import { accountLimits } from './limits-schema.ts';
import { accountRules, schedule } from './schedule-schema.ts';
import { people, writing } from './writing-schema.ts';

const hour = 3_600_000;
const day = 24 * hour;

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
    'Address that replaces the one of the network: https, or http on this machine. Rarely needed. Default: that of the network.',
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
          'required: nothing goes out on this account before a person has approved its text and its time. Default: that at the top of the file.',
        ),
      limits: accountLimits(network).optional(),
      ...networkSchemas[networkId].settings.shape,
      ...accountRules.shape,
      ...accountCosts(networkId),
    })
    .describe(
      `An account on ${network.displayName}. Its secrets stand in the environment or in .env, never here.`,
    );
}

const [firstNetwork, ...otherNetworks] = networkIds.map(accountOf);
if (!firstNetwork) throw new Error('The registry lists no network.');
const account = z.discriminatedUnion('network', [firstNetwork, ...otherNetworks]);

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
    lookAfter: z
      .array(duration(1_000, day))
      .max(10, 'must hold no more than 10 lengths of time')
      .refine(isAscending, 'must ascend: each length of time longer than the one before it')
      .prefault([])
      .describe(
        'When to look at a post that went out as somebody who is not logged in sees it, such as [1m, 10m]. What was seen stands in "show", in the log and, if the post is not there, in "status". Networks show strangers little, so many looks prove nothing. Default: nobody looks.',
      )
      .meta({ examples: [['1m', '10m']] }),
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

export const ledger = z
  .strictObject({
    keep: duration(LEAST_KEEP_MS, MOST_KEEP_MS)
      .prefault('400d')
      .describe(
        'How long a publication that is over (published, failed, missed, cancelled, retracted) stays whole in Redis. Then its text and its story go to a file in the data directory of the scheduler, and what keeps it from ever going out again stays. At least 60d; default 400d.',
      ),
  })
  .describe('What the ledger keeps.');

const allowWords =
  'must be a host of your own network: a name such as "intranet.example.org" or "*.example.org", an address, or a range such as "10.1.0.0/16"';

export const fetching = z
  .strictObject({
    allow: z
      .array(z.string({ error: allowWords }).refine(isAllowedHostPattern, allowWords))
      .default([])
      .describe(
        'Hosts of your own network that articles may be fetched from. Default: the public internet alone.',
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

export const defaults = z
  .strictObject({
    to: to.optional(),
    ...writing,
    publishBy: publishBy.optional(),
  })
  .describe("Keys for every entry; an entry's own keys win.");

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

/** The whole file. The loader checks it part by part, so that a mistake in one part hides none in another. */
export const configSchema = z
  .strictObject({
    $schema: z
      .string()
      .optional()
      .describe('Where editors find this schema.')
      .meta({ examples: ['./carillon.schema.json'] }),
    timezone,
    sandbox,
    accounts: z
      .record(id, account)
      .describe(
        'Your accounts: a name of your choice (small letters, digits, "-"), and below it the settings.',
      )
      .meta({ examples: [{ 'newsroom-x': { network: 'twitter', handle: '@newsroom' } }] }),
    publishing: publishing.optional(),
    fetch: fetching.optional(),
    dashboard: dashboard.optional(),
    people: people.optional(),
    schedule: schedule.optional(),
    preflight: preflight.optional(),
    alerts: alerts.optional(),
    ledger: ledger.optional(),
    approval: approval.optional(),
    budget: budget.optional(),
    prices: prices.optional(),
    defaults: defaults.optional(),
    include: include.optional(),
    publications: z
      .array(entry)
      .optional()
      .describe('What to publish, to which accounts, and when.')
      .meta({
        examples: [
          [{ id: 'spring-report', article: 'articles/spring-report.md', at: '2027-03-24 09:00' }],
        ],
      }),
    feeds: z
      .array(feed)
      .optional()
      .describe('Feeds whose new articles go out by themselves.')
      .meta({ examples: [[{ id: 'news', url: 'https://news.example.org/feed.xml' }]] }),
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
