/** The characters of Windows-1252 between U+0080 and U+009F, where Unicode has controls that nobody types. */
export const windowsLetters = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Puts quotes, dashes and the euro in where a text of Windows was read as Latin-1, as Node's own decoder does. */
export function readWindowsLetters(text: string): string {
  return text.replace(
    /[\u0080-\u009f]/g,
    (sign) => windowsLetters[sign.charCodeAt(0) - 0x80] ?? sign,
  );
}
