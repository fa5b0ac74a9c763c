/** An answer that takes long to find, kept for a while. */
export interface KeptAnswer<T> {
  /** The last one, even where a fresh one is under way; only who comes before the first one waits, and not for long. */
  read(): Promise<T | undefined>;
  /** Makes whoever comes next ask anew. */
  forget(): void;
}

/** @param ask never fails */
export function keepAnswer<T>(
  ask: () => Promise<T>,
  { keptMs, waitMs }: { readonly keptMs: number; readonly waitMs: number },
): KeptAnswer<T> {
  let last: { readonly answer: T } | undefined;
  let askedAt: number | undefined;
  let underWay: Promise<T> | undefined;

  const askAnew = (): Promise<T> => {
    askedAt = performance.now();
    underWay = ask().then((answer) => {
      last = { answer };
      underWay = undefined;
      return answer;
    });
    return underWay;
  };
  return {
    async read() {
      const isOld = askedAt === undefined || performance.now() - askedAt > keptMs;
      const coming = underWay ?? (isOld ? askAnew() : undefined);
      if (last !== undefined || coming === undefined) return last?.answer;
      return Promise.race([coming, giveUpAfter(waitMs)]);
    },
    forget() {
      askedAt = undefined;
    },
  };
}

function giveUpAfter(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
}
