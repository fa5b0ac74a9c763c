import { SealedError, SecretKeyError } from '../core/credentials.ts';
import { type AnyPublishError, isPublishError, RateLimitedError } from '../core/errors.ts';

/** What a signal says: that it was aborted, or that its time was over. */
const ENDED = ['AbortError', 'TimeoutError'];

/**
 * What it means for an attempt that credentials cannot be had now. The network has refused nothing, and another
 * process may have them: it waits, spends no attempt, and the account is not held.
 */
export function toPutOff(error: unknown, network: string, now: number): AnyPublishError {
  if (isPublishError(error)) return error;
  if (error instanceof SealedError || error instanceof SecretKeyError) {
    return new RateLimitedError(error.message, {
      code: `${network}:sealed`,
      advice: 'Put the right key in its place: it is tried again by itself.',
      retryAt: new Date(now + 60_000),
      of: 'nobody',
    });
  }
  const isStopped = error instanceof Error && ENDED.includes(error.name);
  const words = isStopped
    ? 'Another process was renewing the access to the account, and did not end in time.'
    : 'The credentials of the account could not be read or stored: Redis does not answer.';
  return new RateLimitedError(`${words} Nothing was sent.`, {
    code: `${network}:${isStopped ? 'renewal-busy' : 'credentials-away'}`,
    advice: 'Nothing to do: it is tried again by itself.',
    retryAt: new Date(now + 5_000),
    of: 'nobody',
    cause: error,
  });
}
