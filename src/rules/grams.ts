/**
 * The runs of letters that a text consists of, as sorted numbers, none twice. How many two texts share says how alike
 * they are, in any script: no words have to be found, so it works where no spaces stand between them.
 */
export function gramsOf(letters: string): Uint32Array {
  const grams = new Set<number>();
  for (let start = 0; start < letters.length; start += 1) {
    const length = lengthAt(letters.charCodeAt(start));
    if (start + length > letters.length) break;
    grams.add(hash(letters, start, start + length));
  }
  if (grams.size === 0) grams.add(hash(letters, 0, letters.length));
  return Uint32Array.from(grams).sort();
}

/** One Chinese or Japanese letter says as much as several of an alphabet. */
function lengthAt(unit: number): number {
  if ((unit >= 0x3040 && unit <= 0x30ff) || (unit >= 0x3400 && unit <= 0x9fff)) return 2;
  return unit >= 0xac00 && unit <= 0xd7a3 ? 2 : 4;
}

function hash(text: string, start: number, end: number): number {
  let h = 0x811c9dc5 ^ (end - start);
  for (let i = start; i < end; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** How alike two texts are, from 0 to 1: the share of grams that both have among those that either has. */
export function likeness(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a[i] as number;
    const y = b[j] as number;
    if (x === y) shared += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return shared / (a.length + b.length - shared);
}
