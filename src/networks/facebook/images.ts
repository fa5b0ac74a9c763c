import type { ImageRules } from '../../core/image-rules.ts';

/** Photos have less than 10 MB. Posts with five and more have been seen to fail. A photo never moves. */
export const facebookImages: ImageRules = {
  network: 'Facebook',
  most: 4,
  types: ['image/jpeg', 'image/png'],
  maxBytes: 9_900_000,
  // Larger ones show no more in a feed.
  maxSide: 4096,
};
