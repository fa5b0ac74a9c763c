import { TextDecoder } from 'node:util';
import { decodeBytes } from '../core/decode-bytes.ts';

type Decoder = InstanceType<typeof TextDecoder>;

const metaCharset = /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{1,40})/i;
const xmlEncoding = /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w:.-]{1,40})/i;

/**
 * The text of a page from its bytes. Its encoding is told by a byte order mark, else by the server, else by
 * the page itself; without a word of any it is UTF-8 if it can be, and else what old pages of the west are.
 */
export function decodePage(bytes: Uint8Array, contentType?: string): string {
  const marked = findMarked(bytes);
  if (marked) return marked.decode(bytes);

  // Text in another encoding is UTF-8 by chance only if it is plain ASCII: the page's own word may be wrong.
  if (isUtf8(bytes) && bytes.some((byte) => byte >= 0x80)) return new TextDecoder().decode(bytes);

  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const told = [
    /charset\s*=\s*["']?([\w:.-]{1,40})/i.exec(contentType ?? '')?.[1],
    metaCharset.exec(start)?.[1] ?? xmlEncoding.exec(start)?.[1],
  ];
  for (const name of told) {
    const decoder = name === undefined ? undefined : openDecoder(name);
    if (decoder && decoder.encoding !== 'utf-8') return decodeBytes(decoder.encoding, bytes);
  }
  if (told.some((name) => name !== undefined && openDecoder(name)?.encoding === 'utf-8')) {
    return decodeMostlyUtf8(bytes);
  }
  return decodeBytes(isUtf8(bytes) ? 'utf-8' : 'windows-1252', bytes);
}

function findMarked(bytes: Uint8Array): Decoder | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder('utf-8');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  return undefined;
}

/** A page in a declared encoding never means UTF-16 there: it could not have been read so far. */
function openDecoder(name: string): Decoder | undefined {
  try {
    const decoder = new TextDecoder(name);
    return decoder.encoding.startsWith('utf-16') ? new TextDecoder('utf-8') : decoder;
  } catch {
    return undefined;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A stray byte in a long UTF-8 page spoils one letter; a page in another encoding would be full of them. */
function decodeMostlyUtf8(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.split('\ufffd').length - 1;
  const beyondAscii = bytes.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
  return broken * 2 > beyondAscii ? decodeBytes('windows-1252', bytes) : text;
}
