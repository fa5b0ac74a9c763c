import { type DueAtOnce, sayDueAtOnce } from './due-at-once.ts';
import { type RealAccount, sayRealAccounts } from './real-accounts.ts';

/** Nobody has agreed that it posts for real, and nobody is there to ask. The message says how to agree. */
export class NotAgreedError extends Error {
  override readonly name = 'NotAgreedError';
}

/** The accounts that somebody has agreed to before, by their marks. Kept with the ledger: a new one asks anew. */
export interface AgreedAccounts {
  read(): Promise<ReadonlySet<string>>;
  add(marks: readonly string[]): Promise<void>;
}

export interface Agreeing {
  readonly agreed: AgreedAccounts;
  /** What would be due right away; undefined where the config has mistakes that keep it from being planned. */
  findDue(): Promise<DueAtOnce | undefined>;
  say(line: string): void;
  /** True if the call itself says yes. */
  readonly saysYes: boolean;
  /** Asks a person; undefined if there is none to ask. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Says which real accounts will be posted to, and lets nothing begin unless somebody has agreed to each of them,
 * now or at an earlier start.
 *
 * @returns false if a person said no
 * @throws {NotAgreedError} if there is nobody to ask
 */
export async function agreeToPost(
  accounts: readonly RealAccount[],
  { agreed, findDue, say, saysYes, ask }: Agreeing,
): Promise<boolean> {
  if (accounts.length === 0) return true;
  say(sayRealAccounts(accounts));

  const known = await agreed.read();
  const marks = accounts.map(({ mark }) => mark);
  if (marks.every((mark) => known.has(mark))) return true;

  const due = await findDue();
  const said =
    due === undefined
      ? [
          'What is due at once cannot be told, as the config has mistakes: "carillon check" shows them.',
        ]
      : sayDueAtOnce(due);
  for (const line of said) say(line);
  if (!saysYes) {
    if (ask === undefined) throw new NotAgreedError(nobodyToAsk);
    if (!(await ask('Post there for real?'))) return false;
  }
  await agreed.add(marks);
  return true;
}

const nobodyToAsk =
  'Nothing is started: it would post for real to accounts that nobody has agreed to yet, and there is no terminal on which to ask. Look at "carillon preview" and "carillon plan"; then say "carillon start --yes", as in the unit of systemd or the container that starts it.';
