import { typeOfFormat } from '../core/image-format.ts';
import type { ImageRules, MovingRules } from '../core/image-rules.ts';
import type { ImageType } from '../core/post.ts';
import type { ImageFacts } from './image-facts.ts';

/** What is to be done with an image for one network. */
export type FitPlan = Keep | Redraw;

/** It goes out as it is, but for what its pixels do not need. */
export interface Keep {
  readonly kind: 'keep';
  readonly type: ImageType;
  readonly bytes: Buffer;
}

export interface Redraw {
  readonly kind: 'redraw';
  /** The form to try first. */
  readonly type: ImageType;
  /** Of the picture without bars, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Sentences for people. */
  readonly notes: readonly string[];
}

/**
 * Decides how an image is fitted to a network's rules. Nothing is ever cut off.
 *
 * @param plain the image without its metadata; undefined if only decoding makes it plain
 * @param beside how many other images the post has
 */
export function planFit(
  facts: ImageFacts,
  plain: Buffer | undefined,
  rules: ImageRules,
  beside: number,
): FitPlan {
  const { width, height, frames } = facts;
  const type = typeOfFormat(facts.format);
  const bars = barsFor(width, height, rules);
  const hasShape = bars.width === 0 && bars.height === 0;
  const stillness = frames > 1 ? whyStill(facts, plain?.length, rules, beside) : undefined;

  if (type !== undefined && plain !== undefined && facts.isUpright && hasShape) {
    const isReady = frames > 1 ? stillness === undefined : isReadyStill(facts, plain, type, rules);
    if (isReady) return { kind: 'keep', type, bytes: plain };
  }
  const scale = Math.min(1, rules.maxSide / Math.max(width + bars.width, height + bars.height));
  const fitted = { width: scaled(width, scale), height: scaled(height, scale) };
  const shortSide = Math.min(fitted.width, fitted.height);
  const notes: string[] = [];
  if (frames > 1) {
    const why = stillness ?? `${rules.network} takes no image of this shape`;
    notes.push(`It stands still, as its first frame: ${why}.`);
  }
  if (!hasShape) notes.push(sayBars(bars.height > 0, rules));
  if (scale < 1 && shortSide < SMALL) {
    notes.push(
      `It is so long that on ${rules.network} only ${shortSide} pixels are left of its shorter side.`,
    );
  }
  return { kind: 'redraw', type: chooseType(facts, rules), ...fitted, notes };
}

/** Of less than this on the shorter side little can be seen. */
const SMALL = 200;

/** What an image lacks of the nearest shape that the network takes, in pixels. */
export function barsFor(
  width: number,
  height: number,
  { ratio }: ImageRules,
): { readonly width: number; readonly height: number } {
  if (ratio === undefined) return { width: 0, height: 0 };
  return {
    width: Math.max(0, Math.ceil(height * ratio.least) - width),
    height: Math.max(0, Math.ceil(width / ratio.most) - height),
  };
}

export function scaled(length: number, scale: number): number {
  return Math.max(1, Math.round(length * scale));
}

function isReadyStill(
  { width, height, hasPlainColours }: ImageFacts,
  plain: Buffer,
  type: ImageType,
  { types, maxBytes, maxSide }: ImageRules,
): boolean {
  const isWithin = plain.length <= maxBytes && Math.max(width, height) <= maxSide;
  return isWithin && hasPlainColours && types.includes(type);
}

/** Why a moving image cannot move on the network, if it cannot. */
function whyStill(
  facts: ImageFacts,
  size: number | undefined,
  { moving, network }: ImageRules,
  beside: number,
): string | undefined {
  if (moving === undefined) return `${network} lets no image of a post move`;
  if (facts.format !== 'gif' || size === undefined) return `${network} lets only GIFs move`;
  if (moving.isAlone && beside > 0) return `${network} shows a moving image only alone`;
  return isTooMuch(facts, size, moving)
    ? `for ${network} it is too large, or has too many frames`
    : undefined;
}

function isTooMuch(facts: ImageFacts, size: number, moving: MovingRules): boolean {
  return (
    size > moving.maxBytes ||
    facts.width > moving.maxWidth ||
    facts.height > moving.maxHeight ||
    facts.frames > moving.maxFrames
  );
}

function sayBars(isWide: boolean, { network }: ImageRules): string {
  return isWide
    ? `It is wider than ${network} takes images: bars are added above and below it.`
    : `It is taller than ${network} takes images: bars are added at its sides.`;
}

/** Photographs become JPEG; drawings and what may be transparent stay exact where the network takes that. */
function chooseType({ format, hasAlpha }: ImageFacts, { types }: ImageRules): ImageType {
  const isExact = hasAlpha || format === 'png' || format === 'gif';
  return isExact && types.includes('image/png') ? 'image/png' : 'image/jpeg';
}
