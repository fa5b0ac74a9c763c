import type { ArticleImage } from './article.ts';
import type { ImageRules } from './image-rules.ts';
import type { Media } from './post.ts';

/** An image as one network gets it. */
export interface FittedImage {
  readonly media: Media;
  /** Absolute path of the file that holds the bytes to send. */
  readonly file: string;
  /** Sentences for people: what followers see otherwise than the image was given. */
  readonly notes: readonly string[];
}

/**
 * Makes an image ready for a network: within its rules, upright, in colours that every screen shows, and without
 * what cameras and programs write into files, such as the place.
 *
 * @param beside how many other images the post has
 * @throws {ImageError} if it cannot be used
 */
export type FitImage = (
  image: ArticleImage,
  rules: ImageRules,
  beside: number,
) => Promise<FittedImage>;

/** An image cannot be used. The message is a sentence for people, with a remedy. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}
