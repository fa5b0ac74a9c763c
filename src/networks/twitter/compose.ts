import type { Article } from '../../core/article.ts';
import type { Length } from '../../core/post.ts';
import { layOut, warnOfNoWords } from '../../excerpts/layout.ts';
import { fillTemplate, warnOfMissingLink } from '../../excerpts/own-words.ts';
import type { Composer, Composition } from '../network.ts';
import {
  findCashtags,
  findMentions,
  hasRefusedCharacters,
  LINK_WEIGHT,
  measureTweet,
  measureTweetStrictly,
  TWEET_LIMIT,
} from './count.ts';
import { twitterImages } from './images.ts';
import { toPostableLink } from './link.ts';

/** `title`, empty line, excerpt, empty line, `link #tags`: 280 by X's count. The link makes the card. */
export const twitterComposer: Composer = {
  compose,
  composeOwnWords,
  measure,
  images: twitterImages,
};

// Less of a sentence than this says nothing.
const LEAST_CUT = 60;
const HASHTAGS = 2;

// Posts of accounts on the pay-per-use plan are refused with more.
const CASHTAGS = 1;

const LINK_TOO_LONG =
  'The link is too long for a post on X and is left out. Give the article a shorter one.';

function compose(article: Article): Composition {
  const link = article.link === undefined ? undefined : toPostableLink(article.link);
  const text = layOut(article, {
    limit: TWEET_LIMIT,
    measure: (part) => measureWithLink(part, link),
    titleLimit: TWEET_LIMIT,
    excerptLimit: TWEET_LIMIT,
    leastCut: LEAST_CUT,
    hashtags: HASHTAGS,
    link,
    isLinkLineShared: true,
    accepts: (title, excerpt) => countCashtags(`${title}\n${excerpt}`) <= CASHTAGS,
  });
  const lost = link !== undefined && !text.includes(link) ? [LINK_TOO_LONG] : [];
  return present(text, [...warnOfNoWords(text), ...lost]);
}

function composeOwnWords(template: string, article: Article): Composition {
  const link = article.link === undefined ? undefined : toPostableLink(article.link);
  const filled = fillTemplate(template, article, link);
  return present(filled.text, [...filled.warnings, ...warnOfMissingLink(article, filled)]);
}

function present(text: string, warnings: readonly string[]): Composition {
  return { text, length: measure(text), warnings: [...warnings, ...findSurprises(text)] };
}

function measure(text: string): Length {
  return { used: measureTweet(text), limit: TWEET_LIMIT };
}

/**
 * The strictest reading of a text. A link that twitter-text does not know, such as one under a domain that is
 * younger than it, may still be one for X and count more than its characters.
 */
function measureWithLink(text: string, link: string | undefined): number {
  const weight = measureTweetStrictly(text);
  if (link === undefined || !text.includes(link)) return weight;
  return weight + Math.max(0, LINK_WEIGHT - measureTweetStrictly(link));
}

/** What X will do with the text that its author may not have meant. */
function findSurprises(text: string): readonly string[] {
  const surprises: string[] = [];
  const mentions = [...new Set(findMentions(text))].map((name) => `@${name}`);
  if (mentions.length > 0) {
    surprises.push(
      `X will notify ${mentions.join(', ')}: is each of them the account that is meant?`,
    );
  }
  if (countCashtags(text) > CASHTAGS) {
    surprises.push('X refuses posts with more than one ticker symbol such as $ABC. Leave one.');
  }
  if (hasRefusedCharacters(text)) {
    surprises.push(
      'X refuses an invisible character in this text (U+FEFF, U+FFFE or U+FFFF). Type the text anew.',
    );
  }
  return surprises;
}

function countCashtags(text: string): number {
  return new Set(findCashtags(text)).size;
}
