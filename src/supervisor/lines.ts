import type { Readable } from 'node:stream';

const longestLine = 64 * 1024;

/** Calls back for every line of a stream, the unfinished last one included. Endless lines are cut in pieces. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
    if (rest.length > longestLine) {
      onLine(rest);
      rest = '';
    }
  });
  stream.on('error', () => {});
  stream.on('close', () => {
    if (rest !== '') onLine(rest);
    rest = '';
  });
}
