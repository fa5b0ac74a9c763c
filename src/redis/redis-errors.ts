/** Redis cannot be had: not installed, not startable, not answering. The message says it to people, and what to do. */
export class RedisUnavailableError extends Error {
  override readonly name = 'RedisUnavailableError';
}

/** The address of Redis in the environment cannot be used. The message never shows its password. */
export class RedisUrlError extends Error {
  override readonly name = 'RedisUrlError';
}

/** The words of an error for a sentence or a log: its code if it has one, else its message. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return codeOf(error) ?? error.message;
}

/** Such as `ENOENT` or `ECONNREFUSED`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
