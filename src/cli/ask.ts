import { openQuestions } from '../setup/questions.ts';
import type { Io } from './call.ts';

/** True if somebody sits there who can answer. */
export function isTerminal({ input }: Io): boolean {
  return (input as { isTTY?: boolean } | undefined)?.isTTY === true;
}

/** Asks until the answer is yes or no. No, if nobody answers. */
export async function askYesOrNo(
  { input }: Io,
  question: string,
  say: (text: string) => void,
): Promise<boolean> {
  if (input === undefined) return false;
  const questions = openQuestions(input, say);
  try {
    const answer = await questions.ask({
      text: `${question} y or n`,
      usual: 'n',
      findFault: (text) => (/^(y|yes|n|no)$/i.test(text) ? undefined : 'Answer y or n.'),
    });
    return /^y/i.test(answer);
  } finally {
    questions.close();
  }
}
