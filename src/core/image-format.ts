import type { ImageType } from './post.ts';

/** The forms of images that Carillon can read. What a network does not take is converted. */
export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'tiff';

/** How many bytes from its start tell what a file is. */
export const formatStartBytes = 512;

/** The form of an image by its first bytes, never by its name; undefined if it is none that Carillon reads. */
export function imageFormatOf(bytes: Uint8Array): ImageFormat | undefined {
  const start = startOf(bytes);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (/^GIF8[79]a/.test(start)) return 'gif';
  if (/^RIFF[\s\S]{4}WEBP/.test(start)) return 'webp';
  if (brandOf(start) === 'avif') return 'avif';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff';
  return undefined;
}

/** Why a file cannot be read as an image, and what to do, by what it is instead. */
export function sayNoImage(bytes: Uint8Array, shownAs: string): string {
  const start = startOf(bytes);
  if (brandOf(start) === 'heic') {
    return `"${shownAs}" is a HEIC image, as iPhones take them, and no network takes those. Export it as JPEG.`;
  }
  if (
    /^\ufeff?\s*(?:<\?xml|<!--|<!doctype svg|<svg)/i.test(Buffer.from(start, 'latin1').toString())
  ) {
    return `"${shownAs}" is a drawing (SVG), which can hold programs and which no network takes. Export it as PNG.`;
  }
  const other = /^BM/.test(start) ? 'BMP' : start.startsWith('%PDF') ? 'PDF' : undefined;
  if (other) return `"${shownAs}" is a ${other} file. Export it as PNG or JPEG.`;
  return `"${shownAs}" is no image that the networks take, whatever its name says. ${imageRemedy}`;
}

export const imageRemedy = 'Name a JPEG, PNG, GIF, WebP, AVIF or TIFF file.';

/** The type of an image by its first bytes, if it is in one of the forms that networks take. */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  const format = imageFormatOf(bytes);
  return format && typeOfFormat(format);
}

/** The type of an image in one of the forms that networks take. */
export function typeOfFormat(format: ImageFormat): ImageType | undefined {
  return format === 'avif' || format === 'tiff' ? undefined : `image/${format}`;
}

function startOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, formatStartBytes)).toString('latin1');
}

/** AVIF and HEIC share their container; its brands say which of the two a file is. */
function brandOf(start: string): 'avif' | 'heic' | undefined {
  if (start.slice(4, 8) !== 'ftyp') return undefined;
  const brands = start.slice(8, Math.min(start.charCodeAt(3), 64));
  if (/avif|avis/.test(brands)) return 'avif';
  return /heic|heix|hevc|heim|heis|mif1|msf1/.test(brands) ? 'heic' : undefined;
}
