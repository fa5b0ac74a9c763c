import { likeness } from './grams.ts';
import { gramsOfTexts, type OwnedText, type TextGrams } from './set-phrases.ts';

/** Two texts, by their places in the list, that say nearly the same for different owners. */
export interface Twins {
  readonly one: number;
  /** One before it that is so like it. */
  readonly earlier: number;
}

/**
 * From here on two texts count as nearly the same. Tried on the titles and paragraphs of real articles: different
 * articles stay below it, and a text of which one word in ten is another stays above.
 */
const NEARLY_THE_SAME = 0.4;

/**
 * So many grams stand for a text while others like it are sought: those with the lowest numbers, which are as good as
 * drawn by lot, and the same lot for all. Of two texts that are so alike, some 25 of them are the same.
 */
const LOT = 64;
/** With fewer in common two texts are not compared. */
const LEAST_SHARED = 6;
/** What stands in more texts than this is a set phrase, and leads to none of them. */
const SET_PHRASE = 200;
/** The most comparisons for one text. */
const MOST_COMPARED = 1_000;

/**
 * Finds texts that say nearly the same as an earlier one of another owner, set phrases aside, each with one such, and
 * no more of them than `most`. Takes a second or so for ten thousand posts.
 */
export function findTwins(texts: readonly OwnedText[], most = Infinity): readonly Twins[] {
  const all = gramsOfTexts(texts);
  const telling = all.map((grams) => grams.telling);
  const lots = drawLots(telling);
  const least = Int32Array.from(telling, leastSharedOf);
  const shared = new Int32Array(texts.length);
  const seen = new Map<string, Index>();
  const twins: Twins[] = [];
  for (const [one, { owner }] of texts.entries()) {
    if (twins.length >= most) break;
    const grams = all[one] as TextGrams;
    const lot = lots[one] as Uint32Array;
    const isTwin = (other: number) => areTwins(grams, all[other] as TextGrams);
    const others = [...seen].filter(([name]) => name !== owner).map(([, index]) => index);
    const earlier = findInAll(others, { one, lot, least, shared, isTwin });
    if (earlier !== undefined) twins.push({ one, earlier });

    const own: Index = seen.get(owner) ?? new Map();
    seen.set(owner, own);
    for (const gram of lot) listAt(own, gram).push(one);
  }
  return twins;
}

/** Nearly the same as a whole, and not by set phrases alone. */
export function areTwins(one: TextGrams, other: TextGrams): boolean {
  const isLike = likeness(one.telling, other.telling) >= NEARLY_THE_SAME;
  return isLike && likeness(one.all, other.all) >= NEARLY_THE_SAME;
}

/** The texts of one owner so far, by the grams of their lots. */
type Index = Map<number, number[]>;

interface Probe {
  readonly one: number;
  readonly lot: Uint32Array;
  /** Of each text, how many grams of its lot another one must share. */
  readonly least: Int32Array;
  /** Of each text, how many it shares. All zero between probes. */
  readonly shared: Int32Array;
  isTwin(other: number): boolean;
}

function findInAll(indices: readonly Index[], probe: Probe): number | undefined {
  for (const index of indices) {
    const found = findIn(index, probe);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findIn(index: Index, { one, lot, least, shared, isTwin }: Probe): number | undefined {
  const needed = least[one] as number;
  const touched: number[] = [];
  let compared = 0;
  let found: number | undefined;
  for (const gram of lot) {
    if (found !== undefined || compared > MOST_COMPARED) break;
    for (const other of index.get(gram) ?? []) {
      const count = (shared[other] as number) + 1;
      shared[other] = count;
      if (count === 1) touched.push(other);
      if (count !== Math.min(needed, least[other] as number)) continue;
      compared += 1;
      if (isTwin(other)) found = other;
      if (found !== undefined) break;
    }
  }
  for (const other of touched) shared[other] = 0;
  return found;
}

/** Short texts that are alike have few grams to share. */
function leastSharedOf({ length }: Uint32Array): number {
  return Math.min(LEAST_SHARED, Math.ceil(length * NEARLY_THE_SAME));
}

/** The lot of each text, without set phrases unless it says nothing else. */
function drawLots(all: readonly Uint32Array[]): readonly Uint32Array[] {
  const lots = all.map((grams) => grams.subarray(0, LOT));
  const counts = new Map<number, number>();
  for (const lot of lots) for (const gram of lot) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return lots.map((lot) => {
    const telling = lot.filter((gram) => (counts.get(gram) as number) <= SET_PHRASE);
    return telling.length < lot.length / 4 ? lot : telling;
  });
}

function listAt(lists: Map<number, number[]>, key: number): number[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
