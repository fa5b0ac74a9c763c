import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a ledger is known again: by its own id, or, if it was emptied and has a new one, by where it is. */
export interface LedgerIdentity {
  readonly id: string;
  /** Such as `redis.example.org:6379/0`; `private` for Carillon's own. */
  readonly address: string;
}

interface Known {
  readonly ids: readonly string[];
  readonly addresses: readonly string[];
}

const FILE = 'ledger.json';

/**
 * The directory of a ledger's journals on this host. A ledger restored from a backup finds its journals by its
 * id, wherever it is; one that was emptied finds them by its address; another ledger never sees them.
 */
export function findJournalDirectory(root: string, ledger: LedgerIdentity): string {
  const all = readKnown(root);
  const byId = all.find(({ known }) => known.ids.includes(ledger.id));
  const byAddress = all.find(({ known }) => known.addresses.includes(ledger.address));
  const found = byId ?? byAddress;
  const directory = found?.directory ?? join(root, ledger.id);

  if (byAddress !== undefined && byAddress !== found) {
    // Another ledger was here before.
    const addresses = byAddress.known.addresses.filter((address) => address !== ledger.address);
    write(byAddress.directory, { ...byAddress.known, addresses });
  }
  const { ids = [], addresses = [] } = found?.known ?? {};
  if (!ids.includes(ledger.id) || !addresses.includes(ledger.address)) {
    write(directory, {
      ids: [...new Set([...ids, ledger.id])],
      addresses: [...new Set([...addresses, ledger.address])],
    });
  }
  return directory;
}

function readKnown(root: string): readonly { directory: string; known: Known }[] {
  let names: string[];
  try {
    names = readdirSync(root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names.sort().flatMap((name) => {
    const directory = join(root, name);
    try {
      return [
        { directory, known: JSON.parse(readFileSync(join(directory, FILE), 'utf8')) as Known },
      ];
    } catch {
      return [];
    }
  });
}

/** Written beside and renamed, as several processes may start at once. */
function write(directory: string, known: Known): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, FILE);
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, JSON.stringify(known), { mode: 0o600 });
  renameSync(beside, file);
}
