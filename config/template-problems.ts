import type { Problem } from '../src/core/problem.ts';
import type { Path, Source } from '../src/core/source.ts';
import { parseTemplate } from '../src/templates/template.ts';

/** What the braces in a text of the config hold that means nothing, each where it stands. */
export function findTemplateProblems(
  words: string,
  known: readonly string[],
  source: Source,
  path: Path,
): Problem[] {
  return parseTemplate(words, known).problems.map(({ written, message }) => {
    return { ...source.placeOfWords(path, written), message, severity: 'error' };
  });
}
