import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../core/write-whole.ts';
import { keepImage } from './keep-image.ts';

/** Images of the web, kept as files. */
export interface WebImages {
  /** @throws an error whose message is a sentence for people */
  take(address: string): Promise<TakenImage>;
}

export interface TakenImage {
  /** Absolute path. */
  readonly file: string;
  /** A sentence for people, if it is not as it should be. */
  readonly warning?: string;
}

export interface WebImagesIo {
  /** Fetches from the web. @throws an error whose message is a sentence for people */
  fetch(
    url: string,
    request: { readonly accept: string; readonly maxBytes: number },
  ): Promise<{ readonly bytes: Uint8Array }>;
  /** Where images of the web are kept. */
  readonly imageDirectory: string;
}

const accept = 'image/jpeg, image/png, image/webp, image/gif, image/avif, image/tiff;q=0.5';
const maxBytes = 30_000_000;

/** Fetches an address once; where it cannot be had for now, the copy of the last time is taken. */
export function openWebImages(io: WebImagesIo): WebImages {
  const taken = new Map<string, Promise<TakenImage>>();
  return {
    take(address) {
      const taking = taken.get(address) ?? takeImage(address, io);
      taken.set(address, taking);
      return taking;
    },
  };
}

async function takeImage(address: string, io: WebImagesIo): Promise<TakenImage> {
  const { imageDirectory: directory } = io;
  const name = createHash('sha256').update(address).digest('hex');
  const note = path.join(directory, 'addresses', name);
  try {
    const { bytes } = await io.fetch(address, { accept, maxBytes });
    const file = await keepImage(bytes, address, directory);
    await writeWhole(note, path.basename(file));
    return { file };
  } catch (error) {
    // Where Carillon does not go, it takes nothing from either.
    const isForNow = (error as { kind?: unknown }).kind === 'failed';
    const file = isForNow ? await findCopy(note, directory) : undefined;
    if (file === undefined) throw error;
    const why = error instanceof Error ? error.message : String(error);
    return { file, warning: `The copy of the last time is used. ${why}` };
  }
}

async function findCopy(note: string, directory: string): Promise<string | undefined> {
  const name = await readFile(note, 'utf8').catch(() => '');
  if (name === '') return undefined;
  const file = path.join(directory, path.basename(name));
  return access(file).then(
    () => file,
    () => undefined,
  );
}
