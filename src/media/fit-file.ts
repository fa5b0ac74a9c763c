import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ImageError } from '../core/fitted-image.ts';
import { imageFormatOf, sayNoImage } from '../core/image-format.ts';
import type { ImageRules } from '../core/image-rules.ts';
import type { EncodedImage } from './encode-image.ts';
import { fitBytes } from './fit-bytes.ts';
import { sha256 } from './sha256.ts';

export interface FitRequest {
  /** Absolute path of the image. */
  readonly file: string;
  readonly rules: ImageRules;
  /** How many other images the post has. */
  readonly beside: number;
}

/** Plain data, as it goes from process to process. */
export type FitAnswer =
  | {
      readonly image: EncodedImage;
      /** SHA-256 of the bytes that were read. */
      readonly source: string;
    }
  | {
      /** A sentence for people: the image cannot be used. */
      readonly fault: string;
    };

/** Fits the image in a file. Answers whatever the file holds. */
export async function fitFile({ file, rules, beside }: FitRequest): Promise<FitAnswer> {
  try {
    const bytes = await readFile(file);
    const format = imageFormatOf(bytes);
    if (format === undefined) return { fault: sayNoImage(bytes, path.basename(file)) };
    return { image: await fitBytes(bytes, format, rules, beside), source: sha256(bytes) };
  } catch (error) {
    if (error instanceof ImageError) return { fault: error.message };
    return { fault: `It cannot be read (${(error as NodeJS.ErrnoException).code ?? error}).` };
  }
}
