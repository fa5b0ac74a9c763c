import { openQuestions } from '../setup/questions.ts';
import type { Io } from './call.ts';

/** True if somebody sits at a terminal: a script that waits for ever helps nobody. */
export function asksPeople({ input }: Io): boolean {
  return (input as { isTTY?: boolean } | undefined)?.isTTY === true;
}

/** Asks on `say` until the answer is yes or no. Whoever goes away means no. */
export async function askYesOrNo(
  { input }: Io,
  question: string,
  say: (text: string) => void,
): Promise<boolean> {
  if (input === undefined) return false;
  const questions = openQuestions(input, say);
  try {
    const answer = await questions.ask({
      text: question,
      usual: 'n',
      findFault: (text) => (/^(y|yes|n|no)$/i.test(text) ? undefined : 'Answer y or n.'),
    });
    return /^y/i.test(answer);
  } finally {
    questions.close();
  }
}
