import type { ImageType } from './post.ts';

/** What one network takes of images: the figures to which they are fitted. */
export interface ImageRules {
  /** What people call the network. */
  readonly network: string;
  /** The most images of one post. */
  readonly most: number;
  /** Forms of images that stand still. */
  readonly types: readonly ImageType[];
  readonly maxBytes: number;
  /** The most pixels of the longer side. */
  readonly maxSide: number;
  /** The least and the most of width divided by height, where the network bounds it. */
  readonly ratio?: { readonly least: number; readonly most: number };
  /** Bounds of GIFs that move; where there are none, they stand still. */
  readonly moving?: MovingRules;
  /** The most characters of the words for people who cannot see the image, in UTF-16 units. */
  readonly maxAlt?: number;
}

export interface MovingRules {
  readonly maxBytes: number;
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly maxFrames: number;
  /** True if no other image may stand beside one that moves. */
  readonly isAlone: boolean;
}
