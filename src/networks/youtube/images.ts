import type { ImageRules } from '../../core/image-rules.ts';

/** Its page on uploads: JPEG, PNG, GIF or WebP up to 16 MB, between 2:5 and 5:2, 1 to 10 a post. It knows no alt text. */
export const youtubeImages: ImageRules = {
  network: 'YouTube',
  most: 10,
  types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  maxBytes: 16_000_000,
  maxSide: 4096,
  ratio: { least: 2 / 5, most: 5 / 2 },
  moving: {
    maxBytes: 16_000_000,
    maxWidth: 4096,
    maxHeight: 4096,
    maxFrames: 1000,
    isAlone: false,
  },
};
