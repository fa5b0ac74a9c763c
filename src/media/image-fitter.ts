import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ArticleImage } from '../core/article.ts';
import { type FitImage, type FittedImage, ImageError } from '../core/fitted-image.ts';
import type { ImageRules } from '../core/image-rules.ts';
import { openTurns } from '../core/turns.ts';
import { type FileHashes, openFileHashes } from './file-hashes.ts';
import { type FitStore, type KeptFit, openFitStore } from './fit-store.ts';
import { maxImageBytes } from './image-limits.ts';
import { removeOldFiles } from './remove-old-files.ts';
import { sha256 } from './sha256.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/**
 * How images are fitted. Changed when they are to be fitted otherwise; a new version of the library alone fits
 * none anew.
 */
const VERSION = 1;

const mostFilesAtOnce = 32;

interface Parts {
  readonly hashes: FileHashes;
  readonly store: FitStore;
  readonly workshop: Workshop;
  /** Removes what is old. Once a run, and only where something is added. */
  tidy(): Promise<unknown>;
}

/**
 * Fits images, and keeps what comes of it in a directory: the same image for the same rules is fitted once. What
 * is in the directory may be removed at any time.
 */
export function openImageFitter(directory: string): FitImage {
  const [hashed, fitted] = [path.join(directory, 'hashes'), path.join(directory, 'fitted')];
  const hashes = openFileHashes(hashed);
  const store = openFitStore(fitted, hashes);
  let tidying: Promise<unknown> | undefined;
  const tidy = () => {
    tidying ??= Promise.all([hashed, fitted].map((one) => removeOldFiles(one)));
    return tidying;
  };
  const parts: Parts = { hashes, store, workshop: openWorkshop(), tidy };
  const inTurn = openTurns(mostFilesAtOnce);
  const fits = new Map<string, Promise<SourcedFit>>();

  return async (image, rules, beside) => {
    // Images beside it matter only to what moves.
    const asked = JSON.stringify([VERSION, rules, beside > 0]);
    const key = `${image.file}\n${asked}`;
    const fitting = fits.get(key) ?? inTurn(() => fitOnce(image.file, asked, rules, beside, parts));
    fits.set(key, fitting);
    return toFittedImage(image, await fitting);
  };
}

interface SourcedFit extends KeptFit {
  readonly source: string;
}

async function fitOnce(
  file: string,
  asked: string,
  rules: ImageRules,
  beside: number,
  { hashes, store, workshop, tidy }: Parts,
): Promise<SourcedFit> {
  const source = await hashOfSource(file, hashes);
  const key = sha256(`${source}\n${asked}`);
  const kept = await store.get(key, source);
  if (kept !== undefined) return { ...kept, source };

  await tidy();
  const answer = await workshop.fit({ file, rules, beside });
  if ('fault' in answer) throw new ImageError(answer.fault);
  const { image, source: read } = answer;
  try {
    // Under what was read: the file may have been saved anew meanwhile.
    return { ...(await store.put(sha256(`${read}\n${asked}`), read, image)), source: read };
  } catch (error) {
    throw new ImageError(
      `What is sent of it cannot be kept in the data directory (${codeOf(error)}). Make room there, and let Carillon write to it.`,
    );
  }
}

async function hashOfSource(file: string, hashes: FileHashes): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > maxImageBytes) {
      throw new ImageError(`It is larger than ${maxImageBytes / 1_000_000} MB. Save it smaller.`);
    }
    return await hashes.hashOf(file);
  } catch (error) {
    if (error instanceof ImageError) throw error;
    throw new ImageError(
      `It cannot be read (${codeOf(error)}). Check that it is there, and that Carillon may read it.`,
    );
  }
}

function toFittedImage(image: ArticleImage, { fit, file, source }: SourcedFit): FittedImage {
  const { hash, type, size, width, height, notes } = fit;
  return {
    media: {
      hash,
      ...(hash !== source && { source }),
      type,
      size,
      alt: image.alt,
      file: path.basename(image.file),
      width,
      height,
    },
    file: file ?? image.file,
    notes,
  };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
