import { type DailyRound, openDailyRound } from '../core/daily-round.ts';
import { describeError, type Log } from '../core/log.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Archiving, archiveOld } from './archive-old.ts';

export interface DailyArchive
  extends Archiving,
    Pick<DailyRound, 'afterMs' | 'everyMs' | 'retryMs'> {
  readonly ledger: Archiving['ledger'] & Pick<Ledger, 'now'>;
  /** How long a publication that is over stays whole in the ledger, as the config says by then. */
  keepMs(): number;
  readonly log: Log;
}

/**
 * Archives what is over for long, once a day.
 *
 * @returns starts a round if it is time for one, and comes back at once
 */
export function openDailyArchive(daily: DailyArchive): () => void {
  const { ledger, log, folder } = daily;
  return openDailyRound({
    ...daily,
    async work() {
      const archived = await archiveOld((await ledger.now()) - daily.keepMs(), daily);
      if (archived > 0) log.info({ archived }, 'Old publications were archived.');
      return undefined;
    },
    onError: (error) =>
      log.warn(
        describeError(error),
        `Old publications could not be archived in ${folder}; they stay in the ledger, and it is tried again.`,
      ),
  });
}
