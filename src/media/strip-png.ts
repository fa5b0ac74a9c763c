import { crc32 } from 'node:zlib';
import { NotPlainError } from './not-plain.ts';

/** Chunks that the pixels need. Profiles, texts, times, animations and all that is unknown go. */
const needed = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'bKGD',
  'pHYs',
]);

/** Of a PNG: everything that its pixels need. Every chunk is checked against its sum. */
export function stripPng(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 8)];
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw new NotPlainError();
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new NotPlainError();
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      throw new NotPlainError();
    const kind = bytes.toString('latin1', at + 4, at + 8);
    if (needed.has(kind)) kept.push(bytes.subarray(at, end));
    if (kind === 'IEND') return Buffer.concat(kept);
    at = end;
  }
}
