/**
 * Every match of a global pattern, as `matchAll` gives them. That one copies the pattern first, which takes
 * long once core-js, which twitter-text loads, has touched regular expressions.
 */
export function* findAll(text: string, pattern: RegExp): Generator<RegExpExecArray> {
  let from = 0;
  while (from <= text.length) {
    // Set each time: the pattern is shared, and whoever reads the matches may use it meanwhile.
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match === null) return;
    from = match.index + Math.max(match[0].length, 1);
    yield match;
  }
}
