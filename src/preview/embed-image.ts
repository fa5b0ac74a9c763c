import sharp from 'sharp';

/** Wide enough for a post on a sharp screen; more would only make the page heavy. */
const mostPixels = 1_000;
/** A small file may unpack to far more than this machine has room for. */
const mostUnpacked = 60_000_000;

/**
 * An image as a `data:` address, for people to look at: no larger than a screen shows it, upright, and of an
 * animation the first picture. Undefined if the bytes are no image that can be read.
 */
export async function embedImage(bytes: Uint8Array): Promise<string | undefined> {
  try {
    const shown = await sharp(bytes, { limitInputPixels: mostUnpacked, failOn: 'none' })
      .rotate()
      .resize({ width: mostPixels, height: mostPixels, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer();
    return `data:image/webp;base64,${shown.toString('base64')}`;
  } catch {
    return undefined;
  }
}
