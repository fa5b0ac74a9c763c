import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ImageType } from '../core/post.ts';
import { writeWhole } from '../core/write-whole.ts';
import type { EncodedImage } from './encode-image.ts';
import type { FileHashes } from './file-hashes.ts';
import { sha256 } from './sha256.ts';

/** What came of fitting an image, as it is kept on disk. */
export interface Fit {
  /** SHA-256 of the bytes to send. */
  readonly hash: string;
  readonly type: ImageType;
  readonly size: number;
  readonly width: number;
  readonly height: number;
  readonly notes: readonly string[];
}

export interface KeptFit {
  readonly fit: Fit;
  /** Where its bytes are; undefined: they are those of the source. */
  readonly file: string | undefined;
}

/** Keeps fitted images in a directory, so that each is fitted once. */
export interface FitStore {
  /** Undefined if it is not there, or not as it was put. */
  get(key: string, source: string): Promise<KeptFit | undefined>;
  /** @throws an error of the file system */
  put(key: string, source: string, image: EncodedImage): Promise<KeptFit>;
}

export function openFitStore(directory: string, hashes: FileHashes): FitStore {
  const recordOf = (key: string) => path.join(directory, `${key}.json`);
  const bytesOf = ({ hash, type }: Fit) => path.join(directory, `${hash}.${type.slice(6)}`);
  return {
    async get(key, source) {
      const fit = readFit(await readFile(recordOf(key), 'utf8').catch(() => ''));
      if (fit === undefined) return undefined;
      if (fit.hash === source) return { fit, file: undefined };
      const found = await hashes.hashOf(bytesOf(fit)).catch(() => undefined);
      return found === fit.hash ? { fit, file: bytesOf(fit) } : undefined;
    },
    async put(key, source, { bytes, ...told }) {
      const fit: Fit = { ...told, hash: sha256(bytes), size: bytes.length };
      const isSource = fit.hash === source;
      // The bytes first: a record never speaks of what is not there.
      if (!isSource) await writeWhole(bytesOf(fit), bytes);
      await writeWhole(recordOf(key), JSON.stringify(fit));
      return { fit, file: isSource ? undefined : bytesOf(fit) };
    },
  };
}

function readFit(json: string): Fit | undefined {
  try {
    const { hash, type, size, width, height, notes } = JSON.parse(json) as Record<string, unknown>;
    const isWhole =
      /^[\da-f]{64}$/.test(String(hash)) &&
      /^image\/(?:jpeg|png|gif|webp)$/.test(String(type)) &&
      [size, width, height].every(Number.isInteger) &&
      Array.isArray(notes);
    return isWhole ? ({ hash, type, size, width, height, notes } as Fit) : undefined;
  } catch {
    return undefined;
  }
}
