import type { Problem } from './problem.ts';

/** The most that a config or an article may hold. */
export const maxSourceBytes = 1_048_576;

/**
 * The text of a file that people wrote, or the one reason why it cannot be read as text. Takes UTF-8 only,
 * with or without a byte order mark: guessing another encoding would publish wrong letters.
 */
export function decodeSource(bytes: Uint8Array, file: string): string | Problem {
  const refuse = (message: string, line = 1): Problem => ({
    file,
    line,
    column: 1,
    message,
    severity: 'error',
  });

  if (bytes.byteLength > maxSourceBytes) {
    return refuse('The file is larger than 1 MB. Split it, or name the right file.');
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return refuse('The file is saved as UTF-16. Save it as UTF-8.');
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    return refuse(
      'The file is not text: it holds a zero byte. Name a text file.',
      lineOf(bytes, zero),
    );
  }

  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = findBrokenLine(bytes);
    return refuse('This line is not UTF-8. Save the file as UTF-8 in your editor.', line);
  }
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at++) if (bytes[at] === 0x0a) line++;
  return line;
}

/** No UTF-8 sequence holds a line feed, so each line can be judged alone. */
function findBrokenLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return 1;
}
