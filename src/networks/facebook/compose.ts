import type { Article } from '../../core/article.ts';
import type { Length } from '../../core/post.ts';
import { layOut, warnOfNoWords } from '../../templates/lay-out.ts';
import { fillOwnWords, warnOfMissingLink } from '../../templates/own-words.ts';
import { builtIn, templateOr } from '../../templates/template.ts';
import { warnOfHashtags } from '../hashtag-rule.ts';
import type { ComposeOptions, Composer, Composition } from '../network.ts';
import { facebookImages } from './images.ts';

/**
 * The link goes beside the text as a card. With images it stands in the text: Facebook shows either photos or a
 * card.
 */
export const facebookComposer: Composer = {
  compose,
  composeOwnWords,
  measure,
  images: facebookImages,
  byHand: {
    madeWithAi:
      'Facebook takes no such label from programs. Where its rules ask for one, add it to the post by hand.',
    // Its API has a sponsor's Page number only (`sponsor_id`), which nobody has said.
    paidPartnership:
      'Facebook wants to know which Page pays: after it is out, edit the post by hand and tag the partner.',
    replies: 'Facebook does not let programs say who may comment. Set that on the post by hand.',
  },
};

const TEMPLATE = builtIn('{title}\n\n{excerpt}\n\n{hashtags}');
const TEMPLATE_BESIDE_IMAGES = builtIn('{title}\n\n{excerpt}\n\n{link}\n\n{hashtags}');

/** The most characters of a post, in UTF-16 units. Facebook documents none; this is the figure everyone meets. */
const TEXT_LIMIT = 63_206;

// Facebook folds longer texts behind "See more", and few people open them.
const FOLD = 480;

const LEAST_CUT = 80;
const HASHTAGS = 3;

// Facebook names no number. Few readers follow hashtags there, and a row of them looks like spam.
const MOST_HASHTAGS = 5;
const WHY_FEW_HASHTAGS = 'On Facebook a row of them reads like an advertisement.';

function compose(article: Article, options: ComposeOptions): Composition {
  const link = options.link ?? article.link;
  const own = options.images > 0 ? TEMPLATE_BESIDE_IMAGES : TEMPLATE;
  const { text } = layOut(article, {
    ...options,
    template: templateOr(own, options.template, options.people),
    limit: TEXT_LIMIT,
    measure: (part) => part.length,
    titleLimit: FOLD,
    excerptLimit: FOLD,
    leastCut: LEAST_CUT,
    hashtags: options.hashtags ?? HASHTAGS,
    link,
  });
  const hasLink = link !== undefined && text.includes(link);
  return present(text, link, options, [
    ...warnOfNoWords(text),
    ...warnWithImages(link, hasLink, options),
  ]);
}

function composeOwnWords(words: string, article: Article, options: ComposeOptions): Composition {
  const link = options.link ?? article.link;
  const { hashtags = HASHTAGS } = options;
  const filled = fillOwnWords(words, article, { ...options, hashtags, link });
  const missing = warnWithImages(link, filled.hasLink, options);
  return present(filled.text, link, options, [...filled.warnings, ...missing]);
}

/** Images take the place of the card: then the link must stand in the text. */
function warnWithImages(link: string | undefined, hasLink: boolean, { images }: ComposeOptions) {
  return images > 0 ? warnOfMissingLink(link, hasLink) : [];
}

function present(
  text: string,
  link: string | undefined,
  options: ComposeOptions,
  warnings: readonly string[],
): Composition {
  const card = options.images === 0 && link !== undefined ? { link } : {};
  const tags = warnOfHashtags([text], MOST_HASHTAGS, WHY_FEW_HASHTAGS);
  return { text, ...card, length: measure(text), warnings: [...warnings, ...tags] };
}

function measure(text: string): Length {
  return { used: text.length, limit: TEXT_LIMIT };
}
