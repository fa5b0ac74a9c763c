import { createInterface } from 'node:readline';

/** One thing to ask. */
export interface Question {
  readonly text: string;
  /** Taken where people only press Enter, and where nobody answers. */
  readonly usual: string;
  /** What is wrong with an answer, in a sentence; undefined if it can be used. */
  findFault?(answer: string): string | undefined;
}

/** Somebody who may answer. */
export interface Questions {
  /** Asks until the answer can be used. Where no more answers come, the usual one counts. */
  ask(question: Question): Promise<string>;
  close(): void;
}

/** Asks over a stream of lines: a terminal, or a pipe that holds the answers. */
export function openQuestions(
  input: NodeJS.ReadableStream,
  say: (text: string) => void,
): Questions {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const answers = lines[Symbol.asyncIterator]();
  return {
    async ask({ text, usual, findFault }) {
      let fault: string | undefined;
      for (;;) {
        say(`${text} [${usual}]: `);
        const { value, done } = await answers.next();
        // Nobody pressed Enter: the next words begin their own line.
        if (done) say('\n');
        // Whoever gave a wrong answer and goes away does not mean the usual one.
        if (done && fault !== undefined) throw new AnswerError(fault);
        const answer = done ? usual : unquote(value.trim()) || usual;
        fault = findFault?.(answer);
        if (fault === undefined) return answer;
        if (!done) say(`${fault}\n`);
      }
    },
    close: () => lines.close(),
  };
}

/** Takes the usual answer to every question. */
export const unasked: Questions = {
  async ask({ usual, findFault }) {
    const fault = findFault?.(usual);
    if (fault !== undefined) throw new AnswerError(fault);
    return usual;
  },
  close() {},
};

/** An answer cannot be used, and nobody is there to give a better one. The message says what is wrong. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

function unquote(answer: string): string {
  return answer.replace(/^(["'])(.*)\1$/, '$2').trim();
}
