import { createInterface } from 'node:readline';
import type { AskOptions, Person } from '../connecting/person.ts';
import type { Io } from './call.ts';
import { tameText } from './ink.ts';

type Terminal = NodeJS.ReadableStream & { isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };

const CONTROL_C = '\u0003';
const CONTROL_D = '\u0004';

/** The person at the terminal, or whatever is piped in. Reads nothing before it asks. */
export function openTerminalPerson(
  { input }: Pick<Io, 'input'>,
  out: (text: string) => void,
): Person & Disposable {
  const say = (text: string) => out(tameText(text, false));
  let lines: LineReader | undefined;
  return {
    say: (line) => say(`${line}\n`),
    async ask(question, { isHidden = false, signal } = {}) {
      const ask = () => say(question);
      if (input === undefined) {
        ask();
        return undefined;
      }
      lines ??= readLines(input);
      if (!isHidden) ask();
      const answer = isHidden
        ? await askHidden(input, lines, ask, signal)
        : await lines.next(signal);
      // Nobody pressed Enter, or it was not seen.
      if (answer === undefined || isHidden) say('\n');
      return answer;
    },
    [Symbol.dispose]: () => lines?.close(),
  };
}

interface LineReader {
  /** The next line; undefined at the end of the input, or once the signal has aborted. */
  next(signal: AbortSignal | undefined): Promise<string | undefined>;
  close(): void;
}

/** A line that comes while nobody asks waits for the next question. */
function readLines(input: NodeJS.ReadableStream): LineReader {
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const waiting: string[] = [];
  let isOver = false;
  let wake = () => {};
  reader.on('line', (line) => {
    waiting.push(line);
    wake();
  });
  reader.on('close', () => {
    isOver = true;
    wake();
  });
  return {
    async next(signal) {
      while (waiting.length === 0 && !isOver && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal?.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      return signal?.aborted ? undefined : waiting.shift();
    },
    close: () => reader.close(),
  };
}

/** On a terminal in raw mode nothing that is typed is shown; the keys that edit a line are ours then. */
async function askHidden(
  input: Terminal,
  lines: LineReader,
  ask: () => void,
  signal: AskOptions['signal'],
): Promise<string | undefined> {
  if (!input.isTTY || input.setRawMode === undefined) {
    ask();
    return lines.next(signal);
  }
  const watch = (chunk: Buffer | string) => {
    const keys = chunk.toString();
    if (!keys.includes(CONTROL_C) && !keys.includes(CONTROL_D)) return;
    input.setRawMode?.(false);
    process.kill(process.pid, 'SIGINT');
  };
  input.setRawMode(true);
  input.on('data', watch);
  try {
    // Not before: who is quick would see what they paste.
    ask();
    const typed = await lines.next(signal);
    return typed === undefined ? undefined : applyKeys(typed);
  } finally {
    input.off('data', watch);
    input.setRawMode(false);
  }
}

/** Backspace takes a character away, and Control-U all of them. */
function applyKeys(typed: string): string {
  let kept: string[] = [];
  for (const key of typed) {
    if (key === '\u007f' || key === '\b') kept.pop();
    else if (key === '\u0015') kept = [];
    // What a terminal puts around pasted text, and other keys that are no letters.
    else if (!/\p{Cc}/u.test(key)) kept.push(key);
  }
  return kept.join('');
}
