import type { Account } from '../../core/account.ts';
import type { Publication } from '../../core/publication.ts';
import { isHeldForMoney, waitsForApproval } from '../../deeds/approve.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { findNetwork } from '../../networks/registry.ts';
import { fingerprintOf } from '../../planning/fingerprint.ts';
import type { AccessStore } from './access-store.ts';
import { type LinkedDeed, linkPath, signLink } from './signed-link.ts';

export interface LinkWish extends Pick<LinkedDeed, 'deed' | 'publication' | 'for'> {
  /** How long it can be used. */
  readonly forMs: number;
}

export interface MadeLink {
  /** Below the address of the dashboard. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface LinkRefused {
  /** A sentence. */
  readonly refused: string;
}

interface LinkParts {
  readonly store: AccessStore;
  readonly ledger: Pick<Ledger, 'get' | 'post' | 'now'>;
  accountOf(name: string): Account | undefined;
}

/** Makes a link to what can be done with a publication as it stands. Its key is that of this ledger alone. */
export async function makeLink(
  wish: LinkWish,
  { store, ledger, accountOf }: LinkParts,
): Promise<MadeLink | LinkRefused> {
  const { deed, publication: name, forMs } = wish;
  const record = await ledger.get(name);
  const post = record && (await ledger.post(name));
  if (record === undefined || post === undefined) {
    return { refused: `There is no publication "${name}" with a text.` };
  }
  if (deed === 'approve' && (!waitsForApproval(record) || isHeldForMoney(record))) {
    return {
      refused: `${name} does not wait for an approval that a link can give: ${tell(record)}`,
    };
  }
  if (deed === 'hand-off' && !isForPerson(record, accountOf(record.account))) {
    return { refused: `${name} is not to be posted by hand: ${tell(record)}` };
  }
  const [key, now] = await Promise.all([store.signingKey(), ledger.now()]);
  const expiresAt = now + forMs;
  const { due } = record;
  const link = signLink(key, {
    ...{ deed, publication: name, fingerprint: fingerprintOf(post), due },
    ...{ for: wish.for, expiresAt },
  });
  return { path: linkPath(link), expiresAt };
}

function tell({ state, approval }: Publication): string {
  if (approval?.wanted.status === 'draft') return 'the config says that it is a draft.';
  return `it is ${state}.`;
}

/** Now, or as soon as it is due. */
function isForPerson({ state }: Publication, account: Account | undefined): boolean {
  if (state === 'handoff') return true;
  const isAhead = state === 'scheduled' || state === 'held';
  const network = account && findNetwork(account.network);
  return isAhead && account !== undefined && network?.isAssisted(account.settings) === true;
}
