/** What is special about the way a network shows a post. */
export interface Look {
  /** Its class in the styles. */
  readonly name: string;
  /** About how many characters are shown before the text is folded; undefined: never. */
  readonly foldAfter?: number;
  /** What a folded text says. */
  readonly more: string;
  /** How many images are seen; more are counted on the last one. */
  readonly mostImages: number;
  /** True if several images stand in one row, to be scrolled. */
  readonly isScrolled: boolean;
  /** True if the title of a large card stands on its image. */
  readonly isTitleOnImage: boolean;
  /** What people can do with a post, as decoration. */
  readonly actions: readonly string[];
}

const plain: Look = {
  name: 'plain',
  more: 'Show more',
  mostImages: 4,
  isScrolled: false,
  isTitleOnImage: false,
  actions: [],
};

const looks: Readonly<Record<string, Look>> = {
  twitter: {
    ...plain,
    name: 'twitter',
    isTitleOnImage: true,
    actions: ['Reply', 'Repost', 'Like'],
  },
  facebook: {
    ...plain,
    name: 'facebook',
    foldAfter: 480,
    more: 'See more',
    mostImages: 5,
    actions: ['Like', 'Comment', 'Share'],
  },
  youtube: {
    ...plain,
    name: 'youtube',
    foldAfter: 280,
    more: 'Read more',
    mostImages: 10,
    isScrolled: true,
    actions: ['Like', 'Dislike', 'Comment'],
  },
};

/** How a network shows its posts; a network without a look of its own has a plain one. */
export function lookOf(network: string): Look {
  return (Object.hasOwn(looks, network) ? looks[network] : undefined) ?? plain;
}
