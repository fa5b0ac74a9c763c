// Controls, halves of characters, soft hyphens, byte order marks and marks that turn the direction of all
// that follows. Joiners stay: Persian, Hindi and emoji need them.
const unwanted = /[\p{Cc}\p{Cs}\u00ad\ufeff\ufffe\uffff\u202d\u202e]/gu;

/** Running text as every part of Carillon takes it: NFC, no controls, `\n` lines, at most one empty line in a row. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .split('\n')
    .map((line) =>
      line
        .replace(/[\t\u00a0]/g, ' ')
        .replace(unwanted, '')
        .trimEnd(),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .normalize('NFC')
    .trim();
}

/** The same for what is one line: a title, a tag, a name. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ');
}
