import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { imageFormatOf, sayNoImage } from '../core/image-format.ts';
import { writeWhole } from '../core/write-whole.ts';

/**
 * Keeps an image of the web as a file named after its bytes: the same image is the same file.
 *
 * @throws {Error} with a sentence for people if the bytes are no image that Carillon can read
 */
export async function keepImage(
  bytes: Uint8Array,
  url: string,
  directory: string,
): Promise<string> {
  const format = imageFormatOf(bytes);
  if (format === undefined) throw new Error(sayNoImage(bytes, url.slice(0, 200)));
  const hash = createHash('sha256').update(bytes).digest('hex');
  const file = path.join(directory, `${hash.slice(0, 16)}-${nameOf(url)}.${format}`);
  // One that is there already is left alone, so that it need not be looked at again.
  const known = await readFile(file).catch(() => undefined);
  if (!known?.equals(bytes)) await writeWhole(file, bytes);
  return file;
}

/** The address is for people to recognise it by; nothing of it may lead out of the directory. */
function nameOf(url: string): string {
  const last = url.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
  const name = last.replace(/\.\w{1,5}$/, '').replace(/[^\w-]+/g, '-');
  return name.slice(0, 40) || 'image';
}
