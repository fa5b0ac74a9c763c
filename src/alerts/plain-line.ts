import { beginningOf } from '../core/beginning.ts';

/** Controls, halves of characters, marks without a width, and what turns the direction of all that follows. */
const UNSEEN =
  /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\uFFF9-\uFFFB\p{Cs}]/gu;

/** A text that may have come from anywhere as one harmless line, of at most so many characters. */
export function plainLine(text: string, most: number): string {
  // Much longer texts need not be looked at.
  const seen = text
    .slice(0, 20 * most)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(UNSEEN, '');
  return beginningOf(seen, most);
}
