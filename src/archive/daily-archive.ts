import { describeError, type Log } from '../core/log.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Archiving, archiveOld } from './archive-old.ts';

export interface DailyArchive extends Archiving {
  readonly ledger: Archiving['ledger'] & Pick<Ledger, 'now'>;
  /** How long a publication that is over stays whole in the ledger, as the config says by then. */
  keepMs(): number;
  readonly log: Log;
  /** When the first round comes: nothing of a start is to wait for it. */
  readonly afterMs?: number;
  readonly everyMs?: number;
  /** When it comes again after it failed, as on a full disk. */
  readonly retryMs?: number;
}

const HOUR_MS = 3_600_000;

/**
 * Archives what is over for long, once a day, beside whatever else its process does.
 *
 * @returns starts a round if it is time for one, and comes back at once
 */
export function openDailyArchive(daily: DailyArchive): () => void {
  const { ledger, log, afterMs = 10 * 60_000, everyMs = 24 * HOUR_MS, retryMs = HOUR_MS } = daily;
  let nextAt = performance.now() + afterMs;
  let isUnderWay = false;

  const round = async (): Promise<void> => {
    try {
      const archived = await archiveOld((await ledger.now()) - daily.keepMs(), daily);
      nextAt = performance.now() + everyMs;
      if (archived > 0) log.info({ archived }, 'Old publications were archived.');
    } catch (error) {
      log.warn(
        describeError(error),
        `Old publications could not be archived in ${daily.folder}; they stay in the ledger, and it is tried again.`,
      );
    }
  };
  return () => {
    if (isUnderWay || performance.now() < nextAt) return;
    isUnderWay = true;
    nextAt = performance.now() + retryMs;
    void round().finally(() => {
      isUnderWay = false;
    });
  };
}
