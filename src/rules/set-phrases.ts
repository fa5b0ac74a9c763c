import { gramsOf } from './grams.ts';
import { saidLetters } from './said-letters.ts';

/** A text, and whose it is. */
export interface OwnedText {
  readonly owner: string;
  readonly text: string;
}

/** In fewer texts than this nothing is a set phrase. */
const LEAST_TEXTS = 3;
/** Nor in a smaller share of all texts. */
const LEAST_SHARE = 0.05;

/**
 * The grams of each text without those of set phrases: of a template's greeting or footer, which stands in several
 * texts, and in more than one of the same owner. A text that says nothing else keeps them.
 */
export function tellingGramsOf(texts: readonly OwnedText[]): readonly Uint32Array[] {
  const letters = texts.map(({ text }) => saidLetters(text));
  const all = letters.map(gramsOf);
  const setPhrases = findSetPhrases(texts, letters, all);
  return all.map((grams) => {
    const telling = grams.filter((gram) => !setPhrases.has(gram));
    return telling.length === 0 ? grams : telling;
  });
}

function findSetPhrases(
  texts: readonly OwnedText[],
  letters: readonly string[],
  all: readonly Uint32Array[],
): ReadonlySet<number> {
  // A text that comes again and again says the same thing, and counts once.
  const different = [...new Map(letters.map((said, i) => [said, i])).values()];
  const enough = Math.max(LEAST_TEXTS, different.length * LEAST_SHARE);
  const counts = new Map<number, number>();
  for (const i of different) {
    for (const gram of all[i] as Uint32Array) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }

  const owners = new Set<string>();
  const found = new Set<number>();
  for (const i of different) {
    for (const gram of all[i] as Uint32Array) {
      if ((counts.get(gram) as number) < enough) continue;
      const key = `${gram} ${texts[i]?.owner}`;
      if (owners.has(key)) found.add(gram);
      owners.add(key);
    }
  }
  return found;
}
