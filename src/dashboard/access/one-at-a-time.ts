/** Carries out one after the other; undefined for whoever would wait behind more than `mostWaiting` others. */
export function oneAtATime(
  mostWaiting: number,
): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (work) => {
    if (waiting > mostWaiting) return undefined;
    waiting += 1;
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
}
