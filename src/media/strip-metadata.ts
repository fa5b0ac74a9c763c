import type { ImageFormat } from '../core/image-format.ts';
import { NotPlainError } from './not-plain.ts';
import { stripGif } from './strip-gif.ts';
import { stripJpeg } from './strip-jpeg.ts';
import { stripPng } from './strip-png.ts';
import { stripWebp } from './strip-webp.ts';

const strips: Partial<Record<ImageFormat, (bytes: Buffer) => Buffer>> = {
  jpeg: stripJpeg,
  png: stripPng,
  gif: stripGif,
  webp: stripWebp,
};

/**
 * Takes everything out of an image's file that its pixels do not need: place, camera, author, comments, previews,
 * colour profiles, and what is hidden behind its end. An image that has none of it comes back byte for byte.
 * Undefined for a file that only decoding can make plain, or that is not whole.
 */
export function stripMetadata(bytes: Buffer, format: ImageFormat): Buffer | undefined {
  try {
    return strips[format]?.(bytes);
  } catch (error) {
    if (error instanceof NotPlainError) return undefined;
    throw error;
  }
}
