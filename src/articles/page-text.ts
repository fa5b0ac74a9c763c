import { isEmptyLine } from '../wording/empty-line.ts';
import { isPointer, isRelatedHeading } from '../wording/pointer.ts';

// A heading over other articles that stands earlier belongs to a box within the text.
const lateFrom = 0.5;

/**
 * The running text of a page without the lines that its site puts between and after the author's: pointers to
 * other articles, credits, adverts, buttons.
 */
export function dropForeignLines(text: string): string {
  const paragraphs = text.split('\n\n');
  const end = findRelated(paragraphs);
  const kept = paragraphs.slice(0, end).filter((paragraph) => !isForeign(paragraph));
  return kept.length === 0 ? text : kept.join('\n\n');
}

function isForeign(paragraph: string): boolean {
  if (paragraph.includes('\n')) return false;
  return isPointer(paragraph) || isRelatedHeading(paragraph) || isEmptyLine(paragraph);
}

/** Where the list of other articles begins, or the comments; the number of paragraphs if there is none. */
function findRelated(paragraphs: readonly string[]): number {
  const all = paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
  let before = 0;
  for (const [index, paragraph] of paragraphs.entries()) {
    if (before >= all * lateFrom && isRelatedHeading(paragraph)) return index;
    before += paragraph.length;
  }
  return paragraphs.length;
}
