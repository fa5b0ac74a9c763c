import { diffWordsWithSpace } from 'diff';
import type { Ink } from './ink.ts';

const words = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * One text with what was taken out and what was put in, word by word: `[-old-]` and `{+new+}`. Line breaks stay.
 */
export function diffOfWords(before: string, after: string, ink: Ink): readonly string[] {
  const text = diffWordsWithSpace(before, after, { intlSegmenter: words })
    .map(({ value, added, removed }) => {
      if (removed) return eachLine(value, (line) => ink.red(`[-${line}-]`));
      return added ? eachLine(value, (line) => ink.green(`{+${line}+}`)) : value;
    })
    .join('');
  return text.split('\n');
}

/** A mark must not reach over the end of a line. */
function eachLine(text: string, mark: (line: string) => string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : mark(line)))
    .join('\n');
}
