/** What has been opened, closed in the opposite order. */
export interface Closing {
  add(close: () => PromiseLike<void>): void;
  close(): Promise<void>;
}

export function createClosing(): Closing {
  const closers: (() => PromiseLike<void>)[] = [];
  return {
    add: (close) => closers.unshift(close),
    async close() {
      for (const close of closers.splice(0)) await close();
    },
  };
}
