import leven from 'leven';

/** The known word that a mistyped one most likely means, or undefined if none is near enough to be worth naming. */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.slice(0, 100).toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(typed.length * 0.4)) + 1;

  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    const distance = hasSameLetters(typed, known)
      ? 1
      : leven(typed, known, { maxDistance: bestDistance });
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Letters in a wrong order are one slip, though two letters stand wrong. */
function hasSameLetters(one: string, other: string): boolean {
  return one.length === other.length && [...one].sort().join() === [...other].sort().join();
}

/** ` Did you mean "x"?` where a known word is near, else ` Known here: …`; the end of a sentence about a wrong word. */
export function suggestKnown(word: string, known: readonly string[]): string {
  const nearest = findNearest(word, known);
  if (nearest !== undefined) return ` Did you mean "${nearest}"?`;
  if (known.length === 0) return '';
  const shown = known.slice(0, 12).join(', ');
  return ` Known here: ${shown}${known.length > 12 ? ' …' : ''}.`;
}
