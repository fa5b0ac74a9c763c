import { diffArrays } from 'diff';
import type { Ink } from './ink.ts';

const words = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * One text with what was taken out and what was put in, word by word: `[-old-]` and `{+new+}`. Line breaks stay.
 */
export function diffOfWords(before: string, after: string, ink: Ink): readonly string[] {
  const text = diffArrays(wordsOf(before), wordsOf(after))
    .map(({ value: parts, added, removed }) => {
      const value = parts.join('');
      if (removed) return eachLine(value, (line) => ink.red(`[-${line}-]`));
      return added ? eachLine(value, (line) => ink.green(`{+${line}+}`)) : value;
    })
    .join('');
  return text.split('\n');
}

/** In any script: white space and punctuation count as words. */
function wordsOf(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment);
}

/** A mark must not reach over the end of a line. */
function eachLine(text: string, mark: (line: string) => string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : mark(line)))
    .join('\n');
}
