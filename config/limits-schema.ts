import { z } from 'zod';
import { formatDuration, parseDuration } from '../src/core/duration.ts';
import type { KnownLimit, PostLimit } from '../src/core/limits.ts';
import type { Network } from '../src/networks/network.ts';

const pattern = /^([1-9]\d{0,5}) per (\d{1,12}(?:s|m|h|d))$/;
const words =
  'must be a number of posts and a length of time, such as "50 per 15m", or a list of them';
const minute = 60_000;
const longest = 7 * 24 * 60 * minute;

/** Limits of an account's own, which can only be lower than those that its network is known to have. */
export function accountLimits({ displayName, limits }: Network) {
  const known = limits.filter(({ of }) => of === 'account');
  const said = known.map(sayLimit).join(' and ');
  const tooHigh = `is more than ${displayName} allows, which is ${said}. A limit here can only be lower; leave it out for that of ${displayName}`;
  const limit = z
    .string({ error: words })
    .regex(pattern, words)
    .refine((text) => isFor(text, isLength), 'must be over a time from 1m to 7d')
    .refine((text) => isFor(text, (own) => known.every((one) => isLower(own, one))), tooHigh)
    .transform((text) => readLimit(text) ?? { posts: 1, perMs: longest });
  return z
    .strictObject({
      posts: z
        .union([limit.transform((one) => [one]), z.array(limit).min(1, words).max(5, words)], {
          error: words,
        })
        .describe('At most so many posts in any span of that length; others wait, in their order.')
        .meta({ examples: ['50 per 15m', ['10 per 1h', '40 per 1d']] }),
    })
    .describe(
      `Limits below those of ${displayName}, which Carillon knows and learns from its answers: what is over them waits.`,
    );
}

function readLimit(text: string): PostLimit | undefined {
  const [, posts, span = ''] = pattern.exec(text) ?? [];
  const perMs = parseDuration(span);
  return posts === undefined || perMs === undefined ? undefined : { posts: Number(posts), perMs };
}

/** What cannot be read is told by its form alone. */
function isFor(text: string, test: (limit: PostLimit) => boolean): boolean {
  const limit = readLimit(text);
  return limit === undefined || test(limit);
}

function isLength({ perMs }: PostLimit): boolean {
  return perMs >= minute && perMs <= longest;
}

/** A longer span holds several of the network's, so its rate counts; in a shorter one there is no more than in the whole. */
function isLower({ posts, perMs }: PostLimit, known: KnownLimit): boolean {
  return posts <= known.posts * Math.max(1, perMs / known.perMs);
}

function sayLimit({ posts, perMs }: PostLimit): string {
  return `${posts} per ${formatDuration(perMs)}`;
}
