const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Two cells wide in a terminal. */
const WIDE =
  /^(?:\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\uFF01-\uFF60\uFFE0-\uFFE6\u3000-\u303F])|\uFE0F/u;
const INVISIBLE = /^[\p{Cf}\p{Mn}\p{Me}\p{Cc}]+$/u;

const ONE_CELL_EACH = /^[ -~]*$/;

/** How many cells of a terminal a text takes. */
export function widthOf(text: string): number {
  if (ONE_CELL_EACH.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (!INVISIBLE.test(segment)) width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}

/** The beginning of a text in one line of at most this width, with an ellipsis if there is more. */
export function startOf(text: string, width: number): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  if (widthOf(line) <= width) return line;
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(line)) {
    const cells = widthOf(segment);
    if (used + cells > width - 1) break;
    kept += segment;
    used += cells;
  }
  const atWord = kept.lastIndexOf(' ');
  return `${(atWord > kept.length / 2 ? kept.slice(0, atWord) : kept).trimEnd()}…`;
}

/** Breaks a sentence into lines of at most this width, behind an indent. A longer word keeps a line for itself. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    if (line !== '' && widthOf(indent) + widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push(indent + line);
  return lines;
}

/** Two columns in one line where they fit; else the second goes below, behind an indent. */
export function twoColumns(
  left: string,
  right: string,
  options: { readonly leftWidth: number; readonly width: number; readonly indent: string },
): string[] {
  const { leftWidth, width, indent } = options;
  const padded = left + ' '.repeat(Math.max(0, leftWidth - widthOf(left)));
  if (widthOf(padded) + 2 + widthOf(right) <= width) return [`${padded}  ${right}`.trimEnd()];
  return [left, `${indent}${right}`];
}

/** The width of the widest text that leaves room for a second column, so that one long name does not move all. */
export function columnWidth(texts: readonly string[], most: number): number {
  return Math.max(0, ...texts.map(widthOf).filter((width) => width <= most));
}
