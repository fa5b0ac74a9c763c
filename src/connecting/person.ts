/** The person who connects an account, at a terminal. */
export interface Person {
  /** Tells them something, a line. */
  say(line: string): void;
  /** What they type next; undefined once nobody answers any more, or the signal has aborted. */
  ask(question: string, options?: AskOptions): Promise<string | undefined>;
  /** Opens an address in their browser; false if there is none. Missing: none is wanted. */
  openBrowser?(address: string): Promise<boolean>;
}

export interface AskOptions {
  /** True if what is typed must not be seen. */
  readonly isHidden?: boolean;
  readonly signal?: AbortSignal;
}
