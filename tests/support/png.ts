import { createHash } from 'node:crypto';
import { crc32 as crc32OfZlib, deflateSync } from 'node:zlib';
import type { Media } from '../../src/core/post.ts';

/** A small image of one colour, and what a post says of it. */
export function makePng(alt: string, size = 8): { bytes: Buffer; media: Media } {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size + 1), 0x7f);
  for (let row = 0; row < size; row += 1) rows[row * (size + 1)] = 0;
  const bytes = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return {
    bytes,
    media: { hash, type: 'image/png', size: bytes.length, alt, file: 'grey.png' },
  };
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32OfZlib(typed));
  return Buffer.concat([length, typed, sum]);
}
