import type { ImageFormat } from '../core/image-format.ts';
import type { OpenImage } from './load-sharp.ts';

/** What is to be known of an image before it is fitted. */
export interface ImageFacts {
  readonly format: ImageFormat;
  /** In bytes, as the file is. */
  readonly size: number;
  /** In pixels, once it is upright. */
  readonly width: number;
  readonly height: number;
  readonly isUpright: boolean;
  /** True if its colours are those of every screen: sRGB or grey, in 8 bits. */
  readonly hasPlainColours: boolean;
  /** True if something in it may be transparent. */
  readonly hasAlpha: boolean;
  /** More than 1: it moves. */
  readonly frames: number;
}

/** Reads an image to its end. @throws an error if it is not whole, or too large */
export async function readFacts(
  bytes: Buffer,
  format: ImageFormat,
  open: OpenImage,
): Promise<ImageFacts> {
  const told = await open(bytes).metadata();
  const { autoOrient, orientation = 1, space, depth, icc, hasAlpha, pages = 1 } = told;
  // The further pages of other forms are no frames.
  const frames = format === 'gif' || format === 'webp' ? pages : 1;
  await open(bytes, { page: frames - 1 })
    .extract({ left: 0, top: told.height - 1, width: told.width, height: 1 })
    .raw()
    .toBuffer();
  return {
    format,
    size: bytes.length,
    width: autoOrient.width,
    height: autoOrient.height,
    isUpright: orientation === 1,
    hasPlainColours:
      depth === 'uchar' &&
      (space === 'srgb' || space === 'b-w') &&
      (icc === undefined || isSrgbProfile(icc)),
    hasAlpha: hasAlpha && !(await isOpaque(bytes, format, open)),
    frames: isMovingPng(bytes, format) ? 2 : frames,
  };
}

/** The library knows only the first frame of such a file. */
function isMovingPng(bytes: Buffer, format: ImageFormat): boolean {
  const at = format === 'png' ? bytes.indexOf('acTL', 0, 'latin1') : -1;
  return at !== -1 && at < bytes.indexOf('IDAT', 0, 'latin1');
}

/** A photograph may come with room for transparency that it does not use. */
async function isOpaque(bytes: Buffer, format: ImageFormat, open: OpenImage): Promise<boolean> {
  if (format === 'png' || format === 'gif') return false;
  return (await open(bytes).stats()).isOpaque;
}

/** By the name that a profile has, as text or in the two-byte letters of newer ones. */
function isSrgbProfile(profile: Buffer): boolean {
  const words = profile.toString('latin1').replaceAll('\0', '');
  return words.includes('sRGB');
}
