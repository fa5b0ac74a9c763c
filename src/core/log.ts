/** Where parts say what they do; pino's loggers are such a log. Fields are never secrets. */
export interface Log {
  debug: Say;
  info: Say;
  warn: Say;
  error: Say;
}

/** A sentence for people, with the facts behind it as fields if there are any. */
export interface Say {
  (message: string): void;
  (fields: object, message: string): void;
}

/** A log that nobody reads. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** What a log may say of an error: an error of Redis carries the command, and with it a post or a password. */
export function describeError(error: unknown): { error: string; code?: string; reason: string } {
  if (!(error instanceof Error)) return { error: 'Error', reason: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return {
    error: error.name,
    ...(code !== undefined && { code: String(code) }),
    reason: error.message,
  };
}
