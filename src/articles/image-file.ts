import { open, stat } from 'node:fs/promises';
import { formatStartBytes, imageFormatOf, imageRemedy, sayNoImage } from '../core/image-format.ts';

/**
 * A sentence that says why a file cannot be the image of an article, or undefined if it can by its first bytes.
 * Judges by content, never by name.
 */
export async function findImageFault(file: string, shownAs: string): Promise<string | undefined> {
  let start: Buffer;
  try {
    start = await readStart(file);
  } catch (error) {
    return sayUnreadable(shownAs, error);
  }
  if (start.length === 0) return `The image "${shownAs}" is empty. ${imageRemedy}`;
  return imageFormatOf(start) ? undefined : sayNoImage(start, shownAs);
}

async function readStart(file: string): Promise<Buffer> {
  // Asked first: opening a pipe would wait for ever.
  if (!(await stat(file)).isFile()) throw new Error('no file');

  await using handle = await open(file, 'r');
  const { buffer, bytesRead } = await handle.read(
    Buffer.alloc(formatStartBytes),
    0,
    formatStartBytes,
    0,
  );
  return buffer.subarray(0, bytesRead);
}

function sayUnreadable(shownAs: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return `There is no image "${shownAs}". Check the name; it counts from the file that names it.`;
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return `The image "${shownAs}" may not be read. Give Carillon the right to read it.`;
  }
  return `"${shownAs}" is no file that can be read. ${imageRemedy}`;
}
