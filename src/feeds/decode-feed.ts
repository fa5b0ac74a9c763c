import { gunzipSync } from 'node:zlib';
import { decodePage } from '../articles/html-encoding.ts';

const mostUnpacked = 20_000_000;

/**
 * The text of a feed from its bytes: by a byte order mark, else as UTF-8 if it can be nothing else, else by the
 * word of the server and of the XML declaration.
 */
export function decodeFeed(bytes: Uint8Array, contentType?: string): string {
  // Some feeds are gzip files, whatever their server says.
  const plain =
    bytes[0] === 0x1f && bytes[1] === 0x8b
      ? gunzipSync(bytes, { maxOutputLength: mostUnpacked })
      : bytes;
  const wide = wideEncoding(plain);
  if (wide) return new TextDecoder(wide).decode(plain);
  return decodePage(plain, contentType).replace(/^[\s\0]+/, '');
}

/** UTF-16 without a mark shows in the first two characters, `<` and `?` or a letter. */
function wideEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be';
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  return undefined;
}
