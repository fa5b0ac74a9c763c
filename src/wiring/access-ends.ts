import type { Account } from '../core/account.ts';
import type { CredentialStore } from '../core/credentials.ts';
import type { Examinations } from '../doctor/examinations.ts';
import { type AccessEnd, endsOfCredentials } from '../networks/account-facts.ts';

export interface AccountEnd extends Pick<AccessEnd, 'code' | 'at'> {
  readonly account: string;
}

/**
 * When access to accounts ends: as their stored credentials say, and as the networks have said when they were last
 * asked. What was said of credentials that a person has replaced since does not count.
 */
export async function readAccessEnds(
  accounts: Iterable<Account>,
  credentials: Pick<CredentialStore, 'of'>,
  examinations: Pick<Examinations, 'lookAt'>,
): Promise<readonly AccountEnd[]> {
  const all = await Promise.all(
    [...accounts].map(async (account) => {
      const [stored, look] = await Promise.all([
        // What cannot be read is what the doctor complains of.
        credentials
          .of(account)
          .read()
          .catch(() => undefined),
        examinations.lookAt(account.name),
      ]);
      const isOfThese = look !== undefined && look.at >= (stored?.connectedAt ?? 0);
      const said = isOfThese && 'ends' in look.answer ? look.answer.ends : [];
      const ends = new Map(
        [...said, ...endsOfCredentials(stored)].map((end) => [end.code, end.at]),
      );
      return [...ends].map(([code, at]) => ({ account: account.name, code, at }));
    }),
  );
  return all.flat();
}
