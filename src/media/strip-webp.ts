import { NotPlainError } from './not-plain.ts';

const needed = new Set(['VP8 ', 'VP8L', 'ALPH']);

/** Of a WebP that stands still: its pixels. One that moves is left to decoding. */
export function stripWebp(bytes: Buffer): Buffer {
  if (bytes.length < 20) throw new NotPlainError();
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) throw new NotPlainError();
  const kept: Buffer[] = [];
  for (let at = 12; at + 8 <= end; ) {
    const kind = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    // Chunks of an odd length are followed by one byte.
    const next = at + 8 + length + (length & 1);
    if (next > end) throw new NotPlainError();
    if (kind === 'ANIM' || kind === 'ANMF') throw new NotPlainError();
    if (kind === 'VP8X') kept.push(describePixels(bytes.subarray(at, next)));
    else if (needed.has(kind)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  const body = Buffer.concat(kept);
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  header.writeUInt32LE(4 + body.length, 4);
  return Buffer.concat([header, body]);
}

/** What the file says to be in it: of all that, only transparency is left. */
function describePixels(chunk: Buffer): Buffer {
  if (chunk.length < 18) throw new NotPlainError();
  const told = Buffer.from(chunk);
  told[8] = (told[8] ?? 0) & 0x10;
  return told;
}
