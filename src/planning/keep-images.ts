import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ImageError } from '../core/fitted-image.ts';
import type { Media } from '../core/post.ts';
import type { Ledger } from '../ledger/ledger.ts';

export interface Keeping {
  readonly ledger: Ledger;
  /** Where the bytes of each image are, by hash. */
  readonly mediaFiles: ReadonlyMap<string, string>;
}

/** Puts images into Redis, before anything names them. @throws {ImageError} if one is not as it was fitted */
export async function keepImages(
  images: Iterable<Media>,
  { ledger, mediaFiles }: Keeping,
): Promise<void> {
  for (const media of images) {
    const file = mediaFiles.get(media.hash);
    if (file === undefined || (await ledger.wantMedia(media.hash))) continue;
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    if (createHash('sha256').update(bytes).digest('hex') !== media.hash) {
      throw new ImageError(
        `The image ${media.file} has changed or gone while it was applied, or is damaged (${file}). Apply again; if this comes back, remove that file if it lies in the data directory, or else save it anew.`,
      );
    }
    await ledger.putMedia(media, bytes);
  }
}
