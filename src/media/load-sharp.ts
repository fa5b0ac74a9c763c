import type { Sharp, SharpOptions } from 'sharp';
import { ImageError } from '../core/fitted-image.ts';
import { maxImagePixels } from './image-limits.ts';

const timeoutSeconds = 20;

/** Opens an image for reading, within bounds. */
export type OpenImage = (bytes: Buffer, options?: SharpOptions) => Sharp;

let opening: Promise<OpenImage> | undefined;

/** The library is large: it is loaded with the first image that has to be looked at. */
export function loadSharp(): Promise<OpenImage> {
  opening ??= import('sharp').then(({ default: sharp }) => {
    // Images are worked on once, so nothing is worth being kept.
    sharp.cache(false);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: readable });
    return (bytes, options) =>
      sharp(bytes, { failOn: 'error', limitInputPixels: maxImagePixels, ...options }).timeout({
        seconds: timeoutSeconds,
      });
  });
  return opening;
}

/** What other loaders there are is not for files of strangers: drawings with programs, documents. */
const readable = ['Jpeg', 'Png', 'Webp', 'Heif', 'Tiff', 'Nsgif'].map(
  (name) => `VipsForeignLoad${name}`,
);

/** Turns what the library says into a sentence for people. */
export function explainUnreadable(error: unknown): ImageError {
  if (error instanceof ImageError) return error;
  const words = error instanceof Error ? error.message : String(error);
  if (/pixel limit/i.test(words)) {
    return new ImageError('It has more than 100 million pixels. Save it smaller.');
  }
  if (/timeout/i.test(words)) {
    return new ImageError('It takes too long to be read. Save it smaller, or as JPEG or PNG.');
  }
  return new ImageError(
    'It is not whole, or damaged: it cannot be read to its end. Save it anew, or take it from its source again.',
  );
}
