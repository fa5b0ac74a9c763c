import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';

export interface Image {
  readonly type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

const types: Readonly<Record<string, Image['type']>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** What an image is, judged by its bytes alone; undefined if it is none that the networks take. */
export function readImage(bytes: Buffer): Image | undefined {
  try {
    const { type, width, height } = imageSize(bytes);
    const known = types[type ?? ''];
    return known && width > 0 && height > 0 ? { type: known, width, height } : undefined;
  } catch {
    return undefined;
  }
}

export function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}
