import type { Article } from '../../core/article.ts';
import type { Length } from '../../core/post.ts';
import { layOut, warnOfNoWords } from '../../templates/lay-out.ts';
import { fillOwnWords, warnOfMissingLink } from '../../templates/own-words.ts';
import { builtIn, templateOr } from '../../templates/template.ts';
import { warnOfHashtags } from '../hashtag-rule.ts';
import type { ComposeOptions, Composer, Composition } from '../network.ts';
import { youtubeImages } from './images.ts';

/** The link stands in the text: community posts know neither cards nor folds for links. */
export const youtubeComposer: Composer = {
  compose,
  composeOwnWords,
  measure,
  images: youtubeImages,
  byHand: {
    madeWithAi: 'YouTube has no such label for community posts. Say it in the text.',
    paidPartnership: 'YouTube has no such label for community posts. Say it in the text.',
    replies:
      'YouTube sets who may comment for the whole channel. Set it in YouTube Studio by hand.',
  },
};

const TEMPLATE = builtIn('{title}\n\n{excerpt}\n\n{link}\n\n{hashtags}');

// What the account's settings have unless they say otherwise: YouTube does not document its limit.
const TEXT_LIMIT = 1000;

// A community post is read in a feed: a longer text is scrolled past, however much fits.
const EXCERPT_LIMIT = 700;
const TITLE_LIMIT = 300;
const LEAST_CUT = 80;
const HASHTAGS = 3;

// YouTube documents a number for videos only: with more than 60 it ignores all of them. Far fewer help a reader.
const MOST_HASHTAGS = 15;
const WHY_FEW_HASHTAGS = 'YouTube ignores all of them where there are too many.';

const LINK_TOO_LONG =
  'The link is longer than a post may be and is left out. Give the article a shorter one.';

function compose(article: Article, options: ComposeOptions): Composition {
  const link = options.link ?? article.link;
  const template = templateOr(TEMPLATE, options.template, options.people);
  const { text } = layOut(article, {
    ...options,
    template,
    limit: limitOf(options.settings),
    measure: (part) => part.length,
    titleLimit: TITLE_LIMIT,
    excerptLimit: EXCERPT_LIMIT,
    leastCut: LEAST_CUT,
    hashtags: options.hashtags ?? HASHTAGS,
    link,
  });
  const isLost = link !== undefined && !text.includes(link);
  const missing = template.names.has('link') ? [LINK_TOO_LONG] : warnOfMissingLink(link, false);
  const warnings = [...warnOfNoWords(text), ...(isLost ? missing : [])];
  return present(text, options, warnings);
}

function composeOwnWords(words: string, article: Article, options: ComposeOptions): Composition {
  const link = options.link ?? article.link;
  const { hashtags = HASHTAGS } = options;
  const filled = fillOwnWords(words, article, { ...options, hashtags, link });
  const warnings = [...filled.warnings, ...warnOfMissingLink(link, filled.hasLink)];
  return present(filled.text, options, warnings);
}

function present(
  text: string,
  { settings }: ComposeOptions,
  warnings: readonly string[],
): Composition {
  const tags = warnOfHashtags([text], MOST_HASHTAGS, WHY_FEW_HASHTAGS);
  return { text, length: measure(text, settings), warnings: [...warnings, ...tags] };
}

/** In UTF-16 units: never fewer than code points, whichever of the two YouTube counts. */
function measure(text: string, settings: ComposeOptions['settings']): Length {
  return { used: text.length, limit: limitOf(settings) };
}

function limitOf(settings: ComposeOptions['settings']): number {
  const { textLimit } = settings;
  return typeof textLimit === 'number' ? textLimit : TEXT_LIMIT;
}
