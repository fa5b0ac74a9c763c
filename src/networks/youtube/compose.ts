import type { Article } from '../../core/article.ts';
import type { Length } from '../../core/post.ts';
import { layOut, warnOfNoWords } from '../../excerpts/layout.ts';
import { fillTemplate, warnOfMissingLink } from '../../excerpts/own-words.ts';
import type { ComposeOptions, Composer, Composition } from '../network.ts';
import { youtubeImages } from './images.ts';

/** `title`, empty line, a longer excerpt, link, hashtags: community posts know neither cards nor folds for links. */
export const youtubeComposer: Composer = {
  compose,
  composeOwnWords,
  measure,
  images: youtubeImages,
};

// What the account's settings have unless they say otherwise: YouTube does not document its limit.
const TEXT_LIMIT = 1000;

// A community post is read in a feed: a longer text is scrolled past, however much fits.
const EXCERPT_LIMIT = 700;
const TITLE_LIMIT = 300;
const LEAST_CUT = 80;
const HASHTAGS = 3;

const LINK_TOO_LONG =
  'The link is longer than a post may be and is left out. Give the article a shorter one.';

function compose(article: Article, options: ComposeOptions): Composition {
  const text = layOut(article, {
    limit: limitOf(options.settings),
    measure: (part) => part.length,
    titleLimit: TITLE_LIMIT,
    excerptLimit: EXCERPT_LIMIT,
    leastCut: LEAST_CUT,
    hashtags: HASHTAGS,
    link: article.link,
    isLinkLineShared: false,
  });
  const lost = article.link !== undefined && !text.includes(article.link) ? [LINK_TOO_LONG] : [];
  const warnings = [...warnOfNoWords(text), ...lost];
  return { text, length: measure(text, options.settings), warnings };
}

function composeOwnWords(template: string, article: Article, options: ComposeOptions): Composition {
  const filled = fillTemplate(template, article);
  const warnings = [...filled.warnings, ...warnOfMissingLink(article, filled)];
  return { text: filled.text, length: measure(filled.text, options.settings), warnings };
}

/** In UTF-16 units: never fewer than code points, whichever of the two YouTube counts. */
function measure(text: string, settings: ComposeOptions['settings']): Length {
  return { used: text.length, limit: limitOf(settings) };
}

function limitOf(settings: ComposeOptions['settings']): number {
  const { textLimit } = settings;
  return typeof textLimit === 'number' ? textLimit : TEXT_LIMIT;
}
