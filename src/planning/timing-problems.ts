import type { Problem } from '../core/problem.ts';
import type { TimedIntent } from './board.ts';
import type { WishedIntent } from './wish.ts';

/** What people should know before it is planned: what rules move, and posts that say the same again. */
export function findTimingProblems(
  wished: readonly WishedIntent[],
  timed: readonly TimedIntent[],
  now: number,
): readonly Problem[] {
  return [...findMoves(timed, now), ...findRepeats(wished)];
}

/** Once for an entry that recurs, at the first of its slots that is moved. */
function findMoves(timed: readonly TimedIntent[], now: number): Problem[] {
  const told = new Set<string>();
  return timed.flatMap((intent) => {
    const { wish, reason, entry, account, publication, publishByMs } = intent;
    const isOver = typeof wish.at === 'number' && wish.at + publishByMs < now;
    const isByRule = intent.hasNoPlace || (intent.isRuled ?? false);
    if (reason === undefined || !isByRule || isOver || told.has(`${entry}/${account}`)) return [];
    told.add(`${entry}/${account}`);
    const what = intent.hasNoPlace
      ? `It is not planned: ${reason}.`
      : `On ${account} it is ${reason}.`;
    const remedy = intent.hasNoPlace ? '' : ' Give it another time if that is not meant.';
    return [{ ...wish.place, severity: 'warning', message: what + remedy, publication }];
  });
}

/** Networks refuse a post that repeats one of the last days. */
function findRepeats(wished: readonly WishedIntent[]): Problem[] {
  const first = new Map<string, WishedIntent>();
  const told = new Set<string>();
  return wished.flatMap((intent) => {
    const { entry, account, fingerprint, wish } = intent;
    const post = `${account} ${fingerprint}`;
    const same = first.get(post);
    if (same === undefined) first.set(post, intent);
    const isLonely = typeof wish.at === 'object' && wish.turns === 1;
    if ((same === undefined && !isLonely) || told.has(entry)) return [];
    told.add(entry);
    const message = isLonely
      ? `It says the same each time, and networks refuse or hide posts that repeat. Give it several texts (texts: ["…", "…"]) or articles (articles: […]), which come in turn.`
      : sayRepeat(intent, same as WishedIntent);
    return [{ ...wish.place, severity: 'warning', message }];
  });
}

function sayRepeat({ account, entry }: WishedIntent, same: WishedIntent): string {
  return same.entry === entry
    ? `Two of its texts are the same on ${account}, and networks refuse posts that repeat. Change one of them.`
    : `The entry "${same.entry}" publishes the same on ${account}, and networks refuse posts that repeat. Change the words of one of the two.`;
}
