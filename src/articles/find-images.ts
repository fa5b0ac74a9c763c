import path from 'node:path';
import type { ArticleImage } from '../core/article.ts';
import type { Problem } from '../core/problem.ts';
import { cleanLine } from './clean-text.ts';
import { findImageFault } from './image-file.ts';
import type { TakenImage, WebImages } from './web-images.ts';
import type { WrittenImage } from './written-article.ts';

/** How images are reached. */
export interface ImageIo {
  readonly web: WebImages;
  /** Told of every file of ours before it is read. */
  note(file: string): Promise<void>;
}

export interface FoundImages {
  readonly images: readonly ArticleImage[];
  readonly problems: readonly Problem[];
}

/** Finds the files of an article's images, in their order: files beside it, and addresses of the web. */
export async function findImages(
  written: readonly WrittenImage[],
  directory: string,
  io: ImageIo,
): Promise<FoundImages> {
  const problems: Problem[] = [];
  const images = new Map<string, ArticleImage>();
  const findings = await Promise.all(written.map(({ file }) => findImage(file, directory, io)));
  written.forEach(({ file: shownAs, alt, place, isOptional = false }, i) => {
    const finding = findings[i] as TakenImage | string;
    if (typeof finding === 'string') {
      const severity = isOptional ? 'warning' : 'error';
      const message = isOptional ? `The post goes out without an image. ${finding}` : finding;
      problems.push({ ...place, message, severity });
      return;
    }
    const { file, warning } = finding;
    if (warning) {
      const message = `The image "${shownAs}" cannot be fetched. ${warning}`;
      problems.push({ ...place, message, severity: 'warning' });
    }
    // A file that is named twice is one image, where and as it is named first.
    if (images.has(file)) return;
    images.set(file, { file, alt: cleanLine(alt), place, ...(isOptional && { isOptional }) });
  });
  return { images: [...images.values()], problems };
}

/** The file, or a sentence that says why there is none. */
async function findImage(
  name: string,
  directory: string,
  io: ImageIo,
): Promise<TakenImage | string> {
  const address = name.trim();
  if (/^https?:\/\//i.test(address)) {
    try {
      return await io.web.take(address);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return `The image "${address.slice(0, 200)}" cannot be fetched. ${why}`;
    }
  }
  const file = path.resolve(directory, name);
  await io.note(file);
  const fault = await findImageFault(file, name);
  return fault ?? { file };
}
