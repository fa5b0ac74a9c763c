import { createHash } from 'node:crypto';

const WORDS_LENGTH = 48;

/**
 * The id of an entry that is made from words, always the same for the same words: their first ones as far as an
 * id can hold them, and a hash of all.
 */
export function makeEntryId(text: string, link: string | undefined): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([text.normalize('NFC'), link ?? '']))
    .digest('hex')
    .slice(0, 8);
  return `${slugOf(text)}-${hash}`;
}

function slugOf(text: string): string {
  const words = text
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let slug = '';
  for (const word of words) {
    if (slug.length + word.length + 1 > WORDS_LENGTH) break;
    slug += slug === '' ? word : `-${word}`;
  }
  // Words that have no letters of an id.
  return slug === '' ? 'post' : slug;
}
