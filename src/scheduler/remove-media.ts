import type { Log } from '../core/log.ts';
import type { Ledger } from '../ledger/ledger.ts';

const DAY = 24 * 3_600_000;

/** An apply needs minutes from an image to the publications that name it: a day is time enough. */
const UNWANTED_MS = DAY;
const RETRY_MS = 30 * DAY;

/** Removes the images that nothing needs any more from Redis. */
export async function removeMedia(ledger: Ledger, log: Log): Promise<void> {
  const options = { unwantedMs: UNWANTED_MS, retryMs: RETRY_MS };
  const count = await ledger.removeMedia(options);
  if (count > 0) log.info({ count }, 'Removed images from Redis that no publication needs.');
}
