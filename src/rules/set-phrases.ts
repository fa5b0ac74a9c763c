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

/** The grams of a text. */
export interface TextGrams {
  readonly all: Uint32Array;
  /**
   * Those that are not of a set phrase: of a template's greeting or footer, which stands in several texts, and in more
   * than one of the same owner. All of them if the text says nothing else.
   */
  readonly telling: Uint32Array;
}

export function gramsOfTexts(texts: readonly OwnedText[]): readonly TextGrams[] {
  const letters = texts.map(({ text }) => saidLetters(text));
  const grams = letters.map(gramsOf);
  const setPhrases = findSetPhrases(texts, letters, grams);
  return grams.map((all) => {
    const telling = all.filter((gram) => !setPhrases.has(gram));
    return { all, telling: telling.length === 0 ? all : telling };
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

  const places = new Map(
    [...new Set(texts.map(({ owner }) => owner))].map((owner, i) => [owner, i]),
  );
  // A gram and an owner as one number: a gram has 32 bits.
  const owned = new Set<number>();
  const found = new Set<number>();
  for (const i of different) {
    const place = (places.get(texts[i]?.owner ?? '') ?? 0) * 2 ** 32;
    for (const gram of all[i] as Uint32Array) {
      if ((counts.get(gram) as number) < enough || found.has(gram)) continue;
      if (owned.has(place + gram)) found.add(gram);
      else owned.add(place + gram);
    }
  }
  return found;
}
