const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The beginning of a text in one line of at most so many characters as people see them, cut at a word. */
export function beginningOf(text: string, most: number): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const kept: string[] = [];
  for (const { segment } of segmenter.segment(line)) {
    if (kept.length === most) return `${cutAtWord(kept.slice(0, -1))}…`;
    kept.push(segment);
  }
  return line;
}

function cutAtWord(characters: readonly string[]): string {
  const atSpace = characters.lastIndexOf(' ');
  return characters.slice(0, atSpace > characters.length / 2 ? atSpace : undefined).join('');
}
