import type { ImageRules } from '../../core/image-rules.ts';

/** Its pages on media: 5 MB an image, 15 MB a GIF of up to 1280×1080 and 350 frames, 1000 characters of alt text. */
export const twitterImages: ImageRules = {
  network: 'X',
  most: 4,
  // A GIF is uploaded as one that moves, and goes alone.
  types: ['image/jpeg', 'image/png', 'image/webp'],
  maxBytes: 5_000_000,
  // Larger ones show no more in a feed.
  maxSide: 4096,
  moving: {
    maxBytes: 15_000_000,
    maxWidth: 1280,
    maxHeight: 1080,
    maxFrames: 350,
    isAlone: true,
  },
  maxAlt: 1000,
};
