import type { Article } from '../../core/article.ts';
import type { Length } from '../../core/post.ts';
import { layOut, warnOfNoWords } from '../../excerpts/layout.ts';
import { fillTemplate, warnOfMissingLink } from '../../excerpts/own-words.ts';
import type { ComposeOptions, Composer, Composition } from '../network.ts';
import { facebookImages } from './images.ts';

/**
 * `title`, empty line, excerpt, empty line, hashtags; the link goes beside the text as a card. With images it
 * stands in the text: Facebook shows either photos or a card.
 */
export const facebookComposer: Composer = {
  compose,
  composeOwnWords,
  measure,
  images: facebookImages,
};

/** The most characters of a post, in UTF-16 units. Facebook documents none; this is the figure everyone meets. */
const TEXT_LIMIT = 63_206;

// Facebook folds longer texts behind "See more", and few people open them.
const FOLD = 480;

const LEAST_CUT = 80;
const HASHTAGS = 3;

function compose(article: Article, options: ComposeOptions): Composition {
  const isInText = options.images > 0;
  const text = layOut(article, {
    limit: TEXT_LIMIT,
    measure: (part) => part.length,
    titleLimit: FOLD,
    excerptLimit: FOLD,
    leastCut: LEAST_CUT,
    hashtags: HASHTAGS,
    link: isInText ? article.link : undefined,
    isLinkLineShared: false,
  });
  return present(text, article, options, warnOfNoWords(text));
}

function composeOwnWords(template: string, article: Article, options: ComposeOptions): Composition {
  const filled = fillTemplate(template, article);
  const missing = options.images > 0 ? warnOfMissingLink(article, filled) : [];
  return present(filled.text, article, options, [...filled.warnings, ...missing]);
}

function present(
  text: string,
  article: Article,
  options: ComposeOptions,
  warnings: readonly string[],
): Composition {
  const card = options.images === 0 && article.link !== undefined ? { link: article.link } : {};
  return { text, ...card, length: measure(text), warnings };
}

function measure(text: string): Length {
  return { used: text.length, limit: TEXT_LIMIT };
}
