import { decodeBytes } from '../core/decode-bytes.ts';

export interface DecodedTable {
  readonly text: string;
  /** True if the file says nothing of its letters, and those of Western Windows were taken. */
  readonly isGuessed: boolean;
}

/** The text of a table as spreadsheets save it: UTF-8, UTF-16 with its mark, or else Windows-1252. */
export function decodeTable(bytes: Uint8Array): DecodedTable {
  for (const [mark, encoding] of MARKS) {
    if (mark.every((byte, i) => bytes[i] === byte)) {
      return { text: decodeBytes(encoding, bytes), isGuessed: false };
    }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isGuessed: false };
  } catch {
    return { text: decodeBytes('windows-1252', bytes), isGuessed: true };
  }
}

const MARKS = [
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
] as const;
