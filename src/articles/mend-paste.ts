import { readWindowsLetters, windowsLetters } from './windows-letters.ts';

// What word processors, mail programs and wrong encodings leave in text that people paste.

// UTF-8 that was read as Windows-1252: "â€™" for "’", "Ã©" for "é". Each sign stands for one byte.
const MISREAD = new RegExp(`[Â-ô][${inPattern(windowsLetters)}\\u0080-\\u00bf]{1,3}`, 'gu');
const LEAST_MISREAD = 2;

// Quoted-printable: "=E2=80=99" for "’", and "=" at the end of a line that goes on.
const QUOTED = /(?:=[\dA-F]{2})+/g;
const QUOTED_LETTER = /=(?:C[2-9A-F]|[DE][\dA-F]|F[0-4])=[89AB][\dA-F]/;
const SOFT_BREAK = /=\r?\n/g;

// Bullets of the fonts Symbol and Wingdings, in the private use area.
const FOREIGN_BULLET = /[\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076\uf06e]/g;

// Stands for an image or a table that was not copied.
const LOST_OBJECT = /\ufffc/g;

/** The text as its author saw it, before it was copied. Changes nothing that may have been meant. */
export function mendPaste(source: string): string {
  const mended = mendMisread(readWindows(unquote(source)));
  return mended
    .replace(FOREIGN_BULLET, '•')
    .replace(LOST_OBJECT, '')
    .replace(/\f/g, '\n\n')
    .replace(/\v/g, '\n');
}

function readWindows(text: string): string {
  // U+0085 alone is the end of a line on some systems, and an ellipsis among other signs of Windows.
  if (!/[\u0080-\u0084\u0086-\u009f]/.test(text)) return text.replace(/\u0085/g, '\n');
  return readWindowsLetters(text);
}

function mendMisread(text: string): string {
  const found = text.match(MISREAD) ?? [];
  const readable = found.filter((signs) => readMisread(signs) !== undefined);
  // One alone may be meant.
  if (readable.length < LEAST_MISREAD) return text;
  return text.replace(MISREAD, (signs) => readMisread(signs) ?? signs);
}

function readMisread(signs: string): string | undefined {
  const bytes = Array.from(signs, (sign) => {
    const index = windowsLetters.indexOf(sign);
    return index < 0 ? sign.charCodeAt(0) : index + 0x80;
  });
  return readUtf8(Uint8Array.from(bytes));
}

/** Only a text that certainly is quoted-printable is read so: with a letter of two bytes and more. */
function unquote(text: string): string {
  if (!QUOTED_LETTER.test(text)) return text;
  return text.replace(SOFT_BREAK, '').replace(QUOTED, (quoted) => {
    const bytes = Buffer.from(quoted.replaceAll('=', ''), 'hex');
    return readUtf8(bytes) ?? quoted;
  });
}

function readUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function inPattern(signs: string): string {
  return Array.from(signs, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`).join('');
}
