import { directionOfStart, hasRightToLeft } from '../excerpts/direction.ts';

const LEFT_TO_RIGHT_MARK = '\u200e';
const RIGHT_TO_LEFT_MARK = '\u200f';

// Addresses, hashtags and mentions: networks find them by what stands around, and read them by themselves.
const NO_WORD = /(?:https?:\/\/|[#＃@＠])\S*/gu;

const OPENING = /^[\p{Ps}\p{Pi}"'¿¡]/u;
const ENDING = /[\p{P}\p{S}]$/u;

// "C++" and "F#": the signs belong to the Latin letters before them.
const SIGNED = /(?<![^\s\p{Ps}\p{Pi}"'])([A-Za-z][A-Za-z0-9]*[+#]+)(?![\p{L}\p{N}\u200e])/gu;

/**
 * A text that is read from right to left, with the marks that networks need to show it so. Each line is shown in
 * the direction of its first letter, on some networks each post in that of its own:
 * - a line in such letters, and the first line in any case, that starts otherwise gets U+200F before it;
 * - a line in other letters gets U+200E before an opening quote or bracket and after the signs at its end;
 * - "C++" and the like get U+200E after them in a line of right-to-left letters.
 * Nothing is put within or after addresses, hashtags and mentions, and nothing on lines that hold only those.
 */
export function markDirection(text: string): string {
  return text
    .split('\n')
    .map((line, index) => markLine(line, index === 0))
    .join('\n');
}

function markLine(line: string, isFirst: boolean): string {
  const start = directionOfStart(line);
  const hasWords = /\p{L}/u.test(line.replace(NO_WORD, ''));
  if (start === undefined || !(isFirst || hasWords)) return line;

  const isNative = hasRightToLeft(line);
  const opening = start === 'ltr' && (isFirst || isNative) ? RIGHT_TO_LEFT_MARK : '';
  if (isNative) return opening + line.replace(SIGNED, `$1${LEFT_TO_RIGHT_MARK}`);
  return opening + (hasWords ? markForeignLine(line) : line);
}

/** Keeps quotes and full stops of a quotation or a title in other letters where they belong. */
function markForeignLine(line: string): string {
  const before = OPENING.test(line) ? LEFT_TO_RIGHT_MARK : '';
  const lastWord = line.slice(line.lastIndexOf(' ') + 1);
  const after = lastWord.search(NO_WORD) !== 0 && ENDING.test(line) ? LEFT_TO_RIGHT_MARK : '';
  return before + line + after;
}
