/** A sentence, and the white space between it and the next. */
export interface Sentence {
  readonly text: string;
  /** An empty line after the last of a paragraph; empty after the last of all where nothing follows. */
  readonly gap: string;
}

export interface PackOptions {
  /** The most that a part may measure. */
  readonly room: number;
  /** A part that measures less is an orphan: a few words that nobody would post alone. */
  readonly least: number;
  /** The most parts. */
  readonly most: number;
  readonly measure: (text: string) => number;
  readonly accepts?: ((text: string) => boolean) | undefined;
}

export interface Packing {
  /** How many sentences each part has. */
  readonly counts: readonly number[];
  /** True if there were more sentences than parts could hold. */
  readonly isCut: boolean;
}

const COST_OF_PART = 1;
const COST_OF_BROKEN_PARAGRAPH = 0.3;
const COST_OF_ORPHAN = 20;
const COST_OF_REFUSAL = 100;

/**
 * Distributes sentences, each shorter than the room, over parts: as few as can be, none of them an orphan,
 * paragraphs kept together, and about as full as one another.
 */
export function packParts(all: readonly Sentence[], options: PackOptions): Packing {
  const { room, most } = options;
  const rule = openRuler(all, options.measure);
  const kept = countFitting(rule, all.length, room, most);
  const best: { readonly cost: number; readonly from: number }[] = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= kept; to += 1) {
    let choice = { cost: Number.POSITIVE_INFINITY, from: to - 1 };
    for (let from = to - 1; from >= 0 && rule.size(from, to) <= room; from -= 1) {
      const before = best[from]?.cost ?? Number.POSITIVE_INFINITY;
      const cost = before + costOf(all, from, to, rule.size(from, to), options);
      if (cost < choice.cost) choice = { cost, from };
    }
    best.push(choice);
  }
  const counts: number[] = [];
  for (let to = kept; to > 0; ) {
    const from = best[to]?.from ?? 0;
    counts.unshift(to - from);
    to = from;
  }
  // Even parts may be one more than the fullest ones.
  const isTooMany = counts.length > most;
  return { counts: isTooMany ? fillParts(rule, kept, room) : counts, isCut: kept < all.length };
}

/** The text of some sentences in their order. */
export function joinSentences(sentences: readonly Sentence[]): string {
  return sentences
    .map(({ text, gap }, index) => (index === sentences.length - 1 ? text : text + gap))
    .join('');
}

function costOf(
  all: readonly Sentence[],
  from: number,
  to: number,
  size: number,
  { room, least, accepts }: PackOptions,
): number {
  const slack = 1 - size / room;
  const isBroken = to < all.length && !all[to - 1]?.gap.includes('\n\n');
  const isRefused = accepts?.(joinSentences(all.slice(from, to))) === false;
  return (
    COST_OF_PART +
    slack * slack +
    (isBroken ? COST_OF_BROKEN_PARAGRAPH : 0) +
    (size < least ? COST_OF_ORPHAN : 0) +
    (isRefused ? COST_OF_REFUSAL : 0)
  );
}

interface Ruler {
  /** What the sentences from one to before another measure together. */
  size(from: number, to: number): number;
}

function openRuler(all: readonly Sentence[], measure: (text: string) => number): Ruler {
  const gaps = all.map(({ gap }) => measure(gap));
  const sums = [0];
  for (const [index, { text }] of all.entries()) {
    sums.push((sums[index] ?? 0) + measure(text) + (gaps[index] ?? 0));
  }
  return { size: (from, to) => (sums[to] ?? 0) - (sums[from] ?? 0) - (gaps[to - 1] ?? 0) };
}

function countFitting(rule: Ruler, length: number, room: number, most: number): number {
  return fillParts(rule, length, room)
    .slice(0, most)
    .reduce((sum, count) => sum + count, 0);
}

/** Each part as full as it can be: no way needs fewer. */
function fillParts(rule: Ruler, length: number, room: number): readonly number[] {
  const counts: number[] = [];
  for (let from = 0; from < length; ) {
    let to = from + 1;
    while (to < length && rule.size(from, to + 1) <= room) to += 1;
    counts.push(to - from);
    from = to;
  }
  return counts;
}
