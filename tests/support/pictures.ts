import sharp, { type Sharp } from 'sharp';
import type { ImageRules } from '../../src/core/image-rules.ts';

/** The rules of a network that takes much; narrow them for a test. */
export function someRules(over: Partial<ImageRules> = {}): ImageRules {
  return {
    network: 'X',
    most: 4,
    types: ['image/jpeg', 'image/png', 'image/webp'],
    maxBytes: 5_000_000,
    maxSide: 4096,
    ...over,
  };
}

export const movingRules: NonNullable<ImageRules['moving']> = {
  maxBytes: 15_000_000,
  maxWidth: 1280,
  maxHeight: 1080,
  maxFrames: 350,
  isAlone: true,
};

/** Left half red, right half blue, so that a turn of the picture shows. */
export function halves(width = 60, height = 40): Sharp {
  const blue = { width: Math.ceil(width / 2), height, channels: 3, background: '#0000ff' } as const;
  return sharp({ create: { width, height, channels: 3, background: '#ff0000' } })
    .composite([{ input: { create: blue }, left: Math.floor(width / 2), top: 0 }])
    .removeAlpha();
}

/** Nothing that compresses well. */
export function noise(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  const background = channels === 4 ? { r: 9, g: 9, b: 9, alpha: 0.5 } : '#090909';
  const grain = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width, height, channels, background, noise: grain } });
}

/** What a telephone writes: where, with what, by whom, and which way it was held. */
export function asTaken(picture: Sharp, orientation = 1): Sharp {
  return picture
    .withExif({
      IFD0: { Make: 'SECRETPHONE', Artist: 'SECRETNAME' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 24/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>SECRETPLACE</a></x:xmpmeta>')
    .withMetadata({ orientation });
}

/** A GIF of so many frames. */
export async function movingGif(frames = 3, width = 64, height = 48): Promise<Buffer> {
  const pictures = Array.from({ length: frames }, (_, i) => {
    const background = { r: (i * 50) % 256, g: (i * 90) % 256, b: 200 };
    return sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
  });
  return sharp(await Promise.all(pictures), { join: { animated: true } })
    .gif({ delay: pictures.map(() => 100) })
    .toBuffer();
}

/** The colour at a place of an image. */
export async function colourAt(bytes: Buffer, left: number, top: number): Promise<number[]> {
  const area = { left, top, width: 1, height: 1 };
  return [...(await sharp(bytes).removeAlpha().extract(area).raw().toBuffer())];
}

/** True if two colours look the same. */
export function isNear(colour: readonly number[], other: readonly number[]): boolean {
  return colour.every((value, i) => Math.abs(value - (other[i] ?? 0)) < 40);
}
