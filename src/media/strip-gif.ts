import { NotPlainError } from './not-plain.ts';

const TRAILER = 0x3b;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

/** Of a GIF: its frames and how they follow each other, without comments and the blocks of applications. */
export function stripGif(bytes: Buffer): Buffer {
  if (bytes.length < 13) throw new NotPlainError();
  const header = 13 + colourTable(bytes[10]);
  const kept: Buffer[] = [bytes.subarray(0, header)];
  for (let at = header; ; ) {
    const kind = bytes[at];
    if (kind === TRAILER) {
      kept.push(bytes.subarray(at, at + 1));
      return Buffer.concat(kept);
    }
    if (kind !== IMAGE && kind !== EXTENSION) throw new NotPlainError();
    const blocks = kind === IMAGE ? at + 11 + colourTable(bytes[at + 9]) : at + 2;
    const end = endOfBlocks(bytes, blocks);
    if (kind === IMAGE || isNeeded(bytes, at)) kept.push(bytes.subarray(at, end));
    at = end;
  }
}

function colourTable(flags: number | undefined): number {
  if (flags === undefined) throw new NotPlainError();
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Data stands in blocks, each with its length before it; one without length ends them. */
function endOfBlocks(bytes: Buffer, from: number): number {
  for (let at = from; ; ) {
    const length = bytes[at];
    if (length === undefined) throw new NotPlainError();
    at += 1 + length;
    if (length === 0) return at;
  }
}

/** How long a frame stays, and how often all are repeated. */
function isNeeded(bytes: Buffer, at: number): boolean {
  const kind = bytes[at + 1];
  if (kind === GRAPHIC_CONTROL) return true;
  const name = bytes.toString('latin1', at + 3, at + 14);
  return kind === APPLICATION && (name === 'NETSCAPE2.0' || name === 'ANIMEXTS1.0');
}
