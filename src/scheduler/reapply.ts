/** Asks for the config to be applied again. Resolves once a run has ended that began after the question. */
export type Reapply = (reason: string) => Promise<void>;

/**
 * Lets one run follow another, never two at once. What is asked for while one is under way is one more run, for
 * all who have asked.
 */
export function createReapply(run: (reasons: readonly string[]) => Promise<void>): Reapply {
  let running: Promise<void> | undefined;
  let next: { readonly reasons: string[]; readonly ended: Promise<void> } | undefined;

  const begin = (reasons: readonly string[]): Promise<void> => {
    const mine = run(reasons).finally(() => {
      if (running === mine) running = undefined;
    });
    running = mine;
    return mine;
  };
  const beginAfter = (current: Promise<void>, reasons: readonly string[]): Promise<void> => {
    const begun = () => {
      next = undefined;
      return begin(reasons);
    };
    return current.then(begun, begun);
  };
  return (reason) => {
    if (next !== undefined) {
      next.reasons.push(reason);
      return next.ended;
    }
    if (running === undefined) return begin([reason]);
    const reasons = [reason];
    next = { reasons, ended: beginAfter(running, reasons) };
    return next.ended;
  };
}
