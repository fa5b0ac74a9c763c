import type { Sharp } from 'sharp';
import { ImageError } from '../core/fitted-image.ts';
import type { ImageRules } from '../core/image-rules.ts';
import type { ImageType } from '../core/post.ts';
import type { OpenImage } from './load-sharp.ts';
import { barsFor, type Redraw, scaled } from './plan-fit.ts';

export interface EncodedImage {
  readonly bytes: Buffer;
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
  /** Sentences for people: what followers see otherwise than the image was given. */
  readonly notes: readonly string[];
}

/**
 * What is tried of JPEG, one after the other, until the bytes fit. The first fits most photographs into every
 * network's limits, so that all of them share one image.
 */
const attempts = [
  { scale: 1, quality: 86 },
  { scale: 1, quality: 78 },
  { scale: 1, quality: 72 },
  { scale: 0.75, quality: 72 },
  { scale: 0.5, quality: 72 },
  { scale: 0.35, quality: 72 },
  { scale: 0.25, quality: 72 },
  { scale: 0.1, quality: 72 },
] as const;

const white = { r: 255, g: 255, b: 255, alpha: 1 };
const clear = { ...white, alpha: 0 };

/** Draws the image as planned: upright, in sRGB with 8 bits, without metadata, and small enough. */
export async function encodeImage(
  bytes: Buffer,
  plan: Redraw,
  rules: ImageRules,
  open: OpenImage,
): Promise<EncodedImage> {
  if (plan.type === 'image/png') {
    const png = draw(open(bytes), plan, 1, rules, clear).png();
    const { data, info } = await png.toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    if (data.length <= rules.maxBytes) {
      return { bytes: data, type: 'image/png', width, height, notes: plan.notes };
    }
  }
  const notes = [...plan.notes, ...(await findLoss(open(bytes), plan, rules))];
  for (const { scale, quality } of attempts) {
    const drawn = draw(open(bytes), plan, scale, rules, white).flatten({ background: white });
    const { data, info } = await drawn.jpeg({ quality }).toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    if (data.length <= rules.maxBytes) {
      return { bytes: data, type: 'image/jpeg', width, height, notes };
    }
  }
  throw new ImageError(
    `It cannot be made small enough for ${rules.network}. Save it smaller, as JPEG.`,
  );
}

/** The picture in its size, with the bars that its shape wants. */
function draw(
  image: Sharp,
  plan: Redraw,
  scale: number,
  rules: ImageRules,
  background: typeof white,
): Sharp {
  const width = scaled(plan.width, scale);
  const height = scaled(plan.height, scale);
  const bars = barsFor(width, height, rules);
  return image
    .autoOrient()
    .resize(width, height, { fit: 'fill' })
    .toColourspace('srgb')
    .extend({
      left: Math.floor(bars.width / 2),
      right: Math.ceil(bars.width / 2),
      top: Math.floor(bars.height / 2),
      bottom: Math.ceil(bars.height / 2),
      background,
    });
}

async function findLoss(
  image: Sharp,
  { type }: Redraw,
  { network }: ImageRules,
): Promise<readonly string[]> {
  const { isOpaque } = await image.stats();
  if (isOpaque) return [];
  const why = type === 'image/png' ? 'it is too large otherwise' : `${network} takes only that`;
  return [`What is transparent in it becomes white on ${network}: ${why}.`];
}
