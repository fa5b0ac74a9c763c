import type { Article } from '../../core/article.ts';
import type { Mentionable } from '../../core/person.ts';
import type { Length } from '../../core/post.ts';
import { readsRightToLeft } from '../../excerpts/direction.ts';
import { type LayoutRules, layOut, warnOfNoWords } from '../../templates/lay-out.ts';
import { fillOwnWords, warnOfMissingLink } from '../../templates/own-words.ts';
import { builtIn, templateOr } from '../../templates/template.ts';
import { layOutThread } from '../../templates/thread.ts';
import { warnOfHashtags } from '../hashtag-rule.ts';
import type { ComposeOptions, Composer, Composition } from '../network.ts';
import { chargesOf, findDearWords } from './charges.ts';
import {
  findCashtags,
  findMentions,
  hasRefusedCharacters,
  measureTweet,
  measureTweetStrictly,
  TWEET_LIMIT,
} from './count.ts';
import { twitterImages } from './images.ts';
import { type PostableLink, toPostableLink } from './link.ts';

/** 280 by X's count. The link in the text makes the card. */
export const twitterComposer: Composer = {
  compose,
  composeOwnWords,
  measure,
  images: twitterImages,
  byHand: {},
  chargesOf,
  findDearWords,
  threadCaution:
    'X lets programs reply only to those who asked for it, and does not say whether the replies that make a thread are exempt. Try one thread on your account before you rely on it: if X refuses, the first post stands alone.',
};

const TEMPLATE = builtIn('{title}\n\n{excerpt}\n\n{link} {hashtags}');
// On a line with a link, words from right to left would stand in the wrong order.
const RIGHT_TO_LEFT_TEMPLATE = builtIn('{title}\n\n{excerpt}\n\n{link}\n\n{hashtags}');

// Less of a sentence than this says nothing.
const LEAST_CUT = 60;
const HASHTAGS = 2;

// X itself advises two; with more than three a post is commonly taken for spam.
const MOST_HASHTAGS = 3;
const WHY_FEW_HASHTAGS = 'X itself advises two.';

const MOST_MENTIONS = 5;

// Posts of accounts on the pay-per-use plan are refused with more.
const CASHTAGS = 1;

const LINK_TOO_LONG =
  'The link is too long for a post on X and is left out. Give the article a shorter one.';

function compose(article: Article, options: ComposeOptions): Composition {
  const link = toPostableLink(options.link ?? article.link);
  const rules: LayoutRules = {
    ...options,
    template: templateOr(
      readsRightToLeft(article) ? RIGHT_TO_LEFT_TEMPLATE : TEMPLATE,
      options.template,
      options.people,
    ),
    limit: TWEET_LIMIT,
    measure: (part) => measureAround(link, part, measureTweetStrictly),
    titleLimit: TWEET_LIMIT,
    excerptLimit: TWEET_LIMIT,
    leastCut: LEAST_CUT,
    hashtags: options.hashtags ?? HASHTAGS,
    link: link?.address,
    accepts: (text) => countCashtags(text) <= CASHTAGS,
  };
  const { thread: mostParts = 1 } = options;
  const thread = mostParts > 1 ? layOutThread(article, { ...rules, mostParts }) : undefined;
  const [text = '', ...further] = thread?.parts ?? [layOut(article, rules).text];
  const warnings = [
    ...warnOfNoWords(text),
    ...warnOfLostLink(text, link, rules),
    ...(thread?.isCut ? [sayCut(thread.parts.length)] : []),
  ];
  return present([text, ...further], link, options, warnings);
}

function warnOfLostLink(
  text: string,
  link: PostableLink | undefined,
  { template }: LayoutRules,
): readonly string[] {
  if (link === undefined || text.includes(link.address)) return [];
  return template.names.has('link') ? [LINK_TOO_LONG] : warnOfMissingLink(link.address, false);
}

function sayCut(parts: number): string {
  return `The article is longer than ${parts} posts: the thread ends before it does. Allow more with "thread", or leave the rest to the link.`;
}

function composeOwnWords(words: string, article: Article, options: ComposeOptions): Composition {
  const link = toPostableLink(options.link ?? article.link);
  const { hashtags = HASHTAGS } = options;
  const filled = fillOwnWords(words, article, { ...options, hashtags, link: link?.address });
  const missing = warnOfMissingLink(link?.address, filled.hasLink);
  return present([filled.text], link, options, [...filled.warnings, ...missing]);
}

function present(
  [text = '', ...further]: readonly string[],
  link: PostableLink | undefined,
  { people = [] }: ComposeOptions,
  warnings: readonly string[],
): Composition {
  const all = [text, ...further].join('\n');
  return {
    text,
    ...(further.length > 0 && { thread: further, threadLengths: further.map(measure) }),
    length: { used: measureAround(link, text, measureTweet), limit: TWEET_LIMIT },
    warnings: [
      ...warnings,
      ...findSurprises(all, people),
      ...warnOfHashtags([text, ...further], MOST_HASHTAGS, WHY_FEW_HASHTAGS),
      ...warnOfMentions([text, ...further]),
      ...warnOfLateLink(text, further, link),
    ],
    refusals: refuseCashtags([text, ...further]),
  };
}

function measure(text: string): Length {
  return { used: measureTweet(text), limit: TWEET_LIMIT };
}

/**
 * Length of a text by one of the two measures. The link is known to count for what it does, and costs the most to
 * find: where it stands between white space, only the rest is measured.
 */
function measureAround(
  link: PostableLink | undefined,
  text: string,
  measureRest: (text: string) => number,
): number {
  const at = link === undefined ? -1 : text.indexOf(link.address);
  if (link === undefined || at < 0) return measureRest(text);
  const end = at + link.address.length;
  const isApart =
    link.isWhole && /^$|\s$/u.test(text.slice(0, at).slice(-1)) && /^$|^\s/u.test(text.charAt(end));
  // A link that twitter-text does not know, such as one under a domain that is younger than it, may still be
  // one for X and count more than its characters.
  if (!isApart) return measureRest(text) + (measureRest === measureTweet ? 0 : link.surplus);
  return (
    measureRest(text.slice(0, at)) + link.weight + measureAround(link, text.slice(end), measureRest)
  );
}

/** What X will do with the text that its author may not have meant. */
function findSurprises(text: string, people: readonly Mentionable[]): readonly string[] {
  const surprises: string[] = [];
  const declared = new Set(people.map(({ handle }) => handle?.toLowerCase()));
  const mentions = [...new Set(/[@＠]/u.test(text) ? findMentions(text) : [])]
    .map((name) => `@${name}`)
    .filter((handle) => !declared.has(handle.toLowerCase()));
  if (mentions.length > 0) {
    surprises.push(
      `X will notify ${mentions.join(', ')}: is each of them the account that is meant? Those under "people" are not asked about.`,
    );
  }
  if (hasRefusedCharacters(text)) {
    surprises.push(
      'X refuses an invisible character in this text (U+FEFF, U+FFFE or U+FFFF). Type the text anew.',
    );
  }
  return surprises;
}

function refuseCashtags(texts: readonly string[]): readonly string[] {
  if (texts.every((text) => countCashtags(text) <= CASHTAGS)) return [];
  return [
    'X refuses posts with more than one ticker symbol such as $ABC from accounts that buy the API by themselves. Leave one, or give the entry own words under "text".',
  ];
}

/** Of those who are mentioned, many get a notice that they did not ask for. */
function warnOfMentions(texts: readonly string[]): readonly string[] {
  const count = Math.max(...texts.map((text) => (/[@＠]/u.test(text) ? mentionsIn(text) : 0)));
  if (count <= MOST_MENTIONS) return [];
  return [
    `This post mentions ${count} accounts, and X takes many mentions that nobody asked for as spam. Leave ${MOST_MENTIONS} or fewer.`,
  ];
}

function mentionsIn(text: string): number {
  return new Set(findMentions(text).map((name) => name.toLowerCase())).size;
}

/** Replies may be refused, and then the post with the link is missing: see `threadCaution`. */
function warnOfLateLink(
  first: string,
  further: readonly string[],
  link: PostableLink | undefined,
): readonly string[] {
  if (link === undefined || first.includes(link.address)) return [];
  if (!further.some((text) => text.includes(link.address))) return [];
  return [
    'The link stands only in a reply of this thread. X may refuse replies by programs, and few people open them. Put {link} into the first post.',
  ];
}

function countCashtags(text: string): number {
  return text.includes('$') ? new Set(findCashtags(text)).size : 0;
}
