import type { Ledger } from '../ledger/ledger.ts';
import { type ArchivedLine, type BrokenLine, monthsOf, readArchive } from './archive-folder.ts';

interface Recalling {
  readonly ledger: Pick<Ledger, 'unknownOf' | 'recallArchived'>;
  readonly host: string;
  onBroken(line: BrokenLine): void;
}

const BATCH = 500;

/**
 * Gives a ledger that has lost records the traces of what this host has archived of them: else an entry that still stands
 * in the config might go out again. Answers how many.
 */
export async function recallArchived(
  folder: string,
  { ledger, host, onBroken }: Recalling,
): Promise<number> {
  const recalled = new Set<string>();
  const recall = async (batch: readonly ArchivedLine[]): Promise<void> => {
    const names = batch.map(({ record }) => record.publication);
    const unknown = new Set(await ledger.unknownOf(names));
    for (const { record, month } of batch) {
      const name = record.publication;
      // Later lines of the same say more.
      if (!unknown.has(name) && !recalled.has(name)) continue;
      if (await ledger.recallArchived(record, { host, month }, recalled.has(name))) {
        recalled.add(name);
      }
    }
  };
  let batch: ArchivedLine[] = [];
  for await (const line of readArchive(folder, { months: monthsOf(folder), onBroken })) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    await recall(batch);
    batch = [];
  }
  await recall(batch);
  return recalled.size;
}
