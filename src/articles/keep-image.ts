import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { imageTypeOf } from '../core/image-type.ts';

/**
 * Keeps an image of the web as a file named after its bytes: the same image is the same file.
 *
 * @throws {Error} with a sentence for people if the bytes are no image that the networks take
 */
export async function keepImage(
  bytes: Uint8Array,
  url: string,
  directory: string,
): Promise<string> {
  const type = imageTypeOf(bytes);
  if (type === undefined) {
    throw new Error('It is no PNG, JPEG, GIF or WebP image. The card may still show it.');
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  const file = path.join(directory, `${hash.slice(0, 16)}-${nameOf(url)}.${type.slice(6)}`);
  await mkdir(directory, { recursive: true });
  // Never half a file, whoever else writes the same.
  const draft = `${file}.${process.pid}.part`;
  await writeFile(draft, bytes);
  await rename(draft, file);
  return file;
}

/** The address is for people to recognise it by; nothing of it may lead out of the directory. */
function nameOf(url: string): string {
  const last = url.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
  const name = last.replace(/\.\w{1,5}$/, '').replace(/[^\w-]+/g, '-');
  return name.slice(0, 40) || 'image';
}
