/**
 * True if bytes cut from the end of an append-only file are the rest of a write that never finished: whole
 * commands only inside an open transaction, then one command that breaks off, then perhaps zeros. Such a
 * write was never acknowledged. Anything else is damage, and what follows it was acknowledged.
 */
export function isTornTail(cut: Buffer): boolean {
  const bytes = cut.subarray(0, lengthWithoutZeros(cut));
  let at = 0;
  let isOpen = false;
  for (;;) {
    at = skipNotes(bytes, at);
    const command = readCommand(bytes, at);
    if (command === 'broken') return false;
    if (command === 'unfinished') return !hasCommandInside(bytes.subarray(at));
    if (command.name === 'MULTI') isOpen = true;
    else if (!isOpen || command.name === 'EXEC') return false;
    at = command.end;
  }
}

function lengthWithoutZeros(bytes: Buffer): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length -= 1;
  return length;
}

/** A wrong length makes many commands look like the middle of one. */
function hasCommandInside(bytes: Buffer): boolean {
  return /\r\n\*\d+\r\n\$\d+\r\n/.test(bytes.toString('latin1'));
}

interface StoredCommand {
  readonly name: string;
  readonly end: number;
}

function readCommand(bytes: Buffer, start: number): StoredCommand | 'unfinished' | 'broken' {
  const header = readNumber(bytes, start, '*');
  if (typeof header === 'string') return header;
  let at = header.end;
  let name = '';
  for (let index = 0; index < header.value; index += 1) {
    const size = readNumber(bytes, at, '$');
    if (typeof size === 'string') return size;
    const end = size.end + size.value;
    if (end + 2 > bytes.length) return 'unfinished';
    if (bytes.toString('latin1', end, end + 2) !== '\r\n') return 'broken';
    if (index === 0) name = bytes.toString('latin1', size.end, end).toUpperCase();
    at = end + 2;
  }
  return { name, end: at };
}

/** Redis notes the time between commands, as `#TS:1763820000`. */
function skipNotes(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === '#'.charCodeAt(0)) {
    const end = bytes.indexOf('\r\n', at);
    if (end === -1) return bytes.length;
    at = end + 2;
  }
  return at;
}

function readNumber(
  bytes: Buffer,
  start: number,
  mark: '*' | '$',
): { value: number; end: number } | 'unfinished' | 'broken' {
  const line = bytes.toString('latin1', start, start + 16);
  const whole = new RegExp(`^\\${mark}(\\d{1,10})\\r\\n`).exec(line);
  if (whole !== null) return { value: Number(whole[1]), end: start + whole[0].length };
  const isStart = start + line.length === bytes.length && isStartOfNumber(line, mark);
  return isStart ? 'unfinished' : 'broken';
}

function isStartOfNumber(line: string, mark: '*' | '$'): boolean {
  return line === '' || new RegExp(`^\\${mark}(\\d{1,10}\\r?)?$`).test(line);
}
