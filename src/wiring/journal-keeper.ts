import { type DailyRound, openDailyRound } from '../core/daily-round.ts';
import { describeError, type Log } from '../core/log.ts';
import { compactJournal } from '../ledger/compact-journal.ts';
import type { Ledger } from '../ledger/ledger.ts';

interface JournalKeeping extends Pick<DailyRound, 'afterMs'> {
  /** The one that is written. */
  readonly file: string;
  readonly ledger: Pick<Ledger, 'now' | 'getMany'>;
  /** How long a publication that is over stays whole in the ledger. */
  keepMs(): number;
  readonly log: Log;
}

const DAY_MS = 86_400_000;

/** Keeps a journal from growing for ever, once a day. Answers what starts a round if it is time for one. */
export function openJournalKeeper(keeping: JournalKeeping): () => void {
  const { file, ledger, keepMs, log } = keeping;
  return openDailyRound({
    ...(keeping.afterMs !== undefined && { afterMs: keeping.afterMs }),
    async work() {
      const freed = await compactJournal(file, {
        now: await ledger.now(),
        idleMs: 2 * DAY_MS,
        keepMs: keepMs(),
        async findArchived(publications) {
          const records = await ledger.getMany(publications);
          const archived = records.filter((record) => record?.archive?.isArchived);
          return new Set(archived.flatMap((record) => record?.publication ?? []));
        },
      });
      if (freed > 0) log.info({ file, freed }, 'The journal is smaller by what is not needed.');
      return undefined;
    },
    onError: (error) => log.warn(describeError(error), `The journal ${file} stays as it is.`),
  });
}
