/** Ways to make words stand out. Without colours they stay as they are. */
export interface Ink {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

const ESCAPE = '\u001b';
const RESET = `${ESCAPE}[0m`;

export function createInk(hasColors: boolean): Ink {
  const paint = (code: number) => (text: string) =>
    hasColors && text !== '' ? `${ESCAPE}[${code}m${text}${RESET}` : text;
  return { bold: paint(1), dim: paint(2), red: paint(31), green: paint(32), yellow: paint(33) };
}

export const plainInk = createInk(false);

const CONTROL = /\p{Cc}(?:\[\d{1,2}m)?/gu;
const COLOR = /^\p{Cc}\[(?:0|1|2|31|32|33)m$/u;

/**
 * Text as a terminal may have it: articles and networks must not move its cursor, nor name its window. Line
 * breaks, tabs and our own colours stay; any other control character becomes a mark.
 */
export function tameText(text: string, hasColors: boolean): string {
  return text.replaceAll('\r\n', '\n').replace(CONTROL, (found) => {
    const isOurs = hasColors && found.startsWith(ESCAPE) && COLOR.test(found);
    return isOurs || /^[\n\t]/.test(found) ? found : `\uFFFD${found.slice(1)}`;
  });
}
