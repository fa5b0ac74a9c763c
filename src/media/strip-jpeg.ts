import { NotPlainError } from './not-plain.ts';

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** Markers of what the pixels need: frames, tables, restarts, and how Adobe's programs code colours. */
const needed = new Set([0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, 0xee]);

/** Of a JPEG: everything but comments, the blocks of applications, and what stands behind its end. */
export function stripJpeg(bytes: Buffer): Buffer {
  const kept: Buffer[] = [Buffer.from([0xff, START_OF_IMAGE])];
  let at = 2;
  for (;;) {
    if (bytes[at] !== 0xff) throw new NotPlainError();
    // Any number of fill bytes may stand before a marker.
    while (bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (marker === undefined) throw new NotPlainError();
    if (marker === END_OF_IMAGE) {
      kept.push(bytes.subarray(at, at + 2));
      return Buffer.concat(kept);
    }
    if (at + 4 > bytes.length) throw new NotPlainError();
    const length = bytes.readUInt16BE(at + 2);
    let end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw new NotPlainError();
    if (marker === START_OF_SCAN) end = endOfScan(bytes, end);
    const segment = bytes.subarray(at, end);
    if (marker === START_OF_SCAN || needed.has(marker)) kept.push(segment);
    else if (isPlainJfif(segment)) kept.push(segment);
    else if (marker >= 0xc3 && marker <= 0xcf) throw new NotPlainError();
    at = end;
  }
}

/** Where the next marker stands: a doubled 0xff and restarts belong to the scan. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; ; at += 2) {
    at = bytes.indexOf(0xff, at);
    const next = at === -1 ? undefined : bytes[at + 1];
    if (next === undefined) throw new NotPlainError();
    if (next === 0xff) at -= 1;
    else if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
}

/** JFIF without a small picture of its own. */
function isPlainJfif(segment: Buffer): boolean {
  return (
    segment[1] === 0xe0 && segment.length === 18 && segment.toString('latin1', 4, 9) === 'JFIF\0'
  );
}
