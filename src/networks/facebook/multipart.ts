import { randomUUID } from 'node:crypto';
import type { ImageType } from '../../core/post.ts';

/** An image to be sent as a file. */
export class ImageFile {
  readonly bytes: Buffer;
  readonly type: ImageType;

  constructor(bytes: Buffer, type: ImageType) {
    this.bytes = bytes;
    this.type = type;
  }
}

/** A form with files in it, as `multipart/form-data`. */
export function toMultipart(fields: Readonly<Record<string, unknown>>): {
  headers: Record<string, string>;
  body: Buffer;
} {
  const boundary = `carillon-${randomUUID()}`;
  const parts = Object.entries(fields).flatMap(([name, value]) => [
    Buffer.from(`--${boundary}\r\n${headOf(name, value)}\r\n\r\n`),
    value instanceof ImageFile ? value.bytes : Buffer.from(textOf(value)),
    Buffer.from('\r\n'),
  ]);
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function headOf(name: string, value: unknown): string {
  const disposition = `content-disposition: form-data; name="${name}"`;
  if (!(value instanceof ImageFile)) return disposition;
  // The name of the file stays with us: people see it nowhere, and it may hold anything.
  const extension = value.type.slice('image/'.length);
  return `${disposition}; filename="image.${extension}"\r\ncontent-type: ${value.type}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
