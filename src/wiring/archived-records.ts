import type { Publication } from '../core/publication.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { WishedIntent } from '../planning/wish.ts';

interface Lookup {
  readonly ledger: Pick<Ledger, 'countArchived' | 'archivedLike' | 'archivedSlots' | 'getMany'>;
  /** What the ledger has that is not archived. */
  readonly records: readonly Publication[];
}

/** By the last ones it is known whose turn is next. */
const SLOTS = 500;

/**
 * What a plan has to know of what is archived: the publications that the config still has and what corrects them; those
 * that show the same as something that is new in it; and the last ones of what recurs. With the rest the plan would be
 * the same.
 */
export async function readArchivedRecords(
  intents: readonly WishedIntent[],
  { ledger, records }: Lookup,
): Promise<readonly Publication[]> {
  if ((await ledger.countArchived()) === 0) return [];
  const known = new Map(records.map((record) => [record.publication, record]));
  const found = new Map<string, Publication>();
  const recordOf = (name: string) => known.get(name) ?? found.get(name);

  const take = async (names: Iterable<string>): Promise<void> => {
    let wanted = [...new Set(names)].filter((name) => recordOf(name) === undefined);
    while (wanted.length > 0) {
      const read = (await ledger.getMany(wanted)).filter((one) => one !== undefined);
      for (const record of read) found.set(record.publication, record);
      wanted = read
        .flatMap(({ correctedAs }) => correctedAs ?? [])
        .filter((name) => recordOf(name) === undefined);
    }
  };
  await take([
    ...intents.map(({ publication }) => publication),
    ...records.flatMap(({ correctedAs }) => correctedAs ?? []),
  ]);
  const recurring = new Set(
    intents.filter(({ wish }) => typeof wish.at === 'object').map(({ entry }) => entry),
  );
  for (const entry of recurring) await take(await ledger.archivedSlots(entry, SLOTS));
  const latestOf = (name: string, seen = new Set([name])): Publication | undefined => {
    const { correctedAs } = recordOf(name) ?? {};
    if (correctedAs === undefined || seen.has(correctedAs)) return recordOf(name);
    return latestOf(correctedAs, seen.add(correctedAs));
  };
  const isNew = ({ publication }: WishedIntent) => {
    const record = latestOf(publication);
    return record === undefined || record.state === 'cancelled';
  };
  await take(await ledger.archivedLike(intents.filter(isNew)));
  return [...found.values()];
}
