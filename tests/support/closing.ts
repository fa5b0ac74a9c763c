/** What a test has opened, closed in the opposite order, whatever fails. */
export interface Closing extends AsyncDisposable {
  add(close: () => Promise<unknown>): void;
  use(disposable: AsyncDisposable): void;
}

export function createClosing(): Closing {
  const closers: (() => Promise<unknown>)[] = [];
  return {
    add: (close) => closers.unshift(close),
    use: (disposable) => closers.unshift(async () => disposable[Symbol.asyncDispose]()),
    async [Symbol.asyncDispose]() {
      for (const close of closers.splice(0)) await close();
    },
  };
}
