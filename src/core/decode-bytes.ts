import { TextDecoder } from 'node:util';

/** Text from bytes in an encoding that `TextDecoder` knows; what is none of it becomes U+FFFD. */
export function decodeBytes(encoding: string, bytes: Uint8Array): string {
  const decoder = new TextDecoder(encoding);
  // Node 20 takes Windows-1252 for Latin-1, and so loses quotes and dashes, unless it is told that more may come.
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}
